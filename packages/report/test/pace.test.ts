// How a quick run chooses, on a clock of our own; and what the estimate of the time left is made of.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownSeconds, secondsLeft } from '../src/run/estimate.ts';
import { everyClaim, quick } from '../src/run/pace.ts';
import type { Pace } from '../src/run/pace.ts';
import { describeSeconds } from '../src/run/progress.ts';
import { made, madeClaim, madeHost } from './made.ts';

const PICTURE = 'processes/reality-check';
const IDS = ['threads/kill', 'threads/race', 'processes/kill', PICTURE, 'pitfalls/views', 'utils/rename'];
const MANY = Array.from({ length: 60 }, (_, n) => `pitfalls/x${n}`);

interface Played {
  /** When each claim that was measured ended, s, in that order. */
  readonly measured: ReadonlyMap<string, number>;
  readonly leftOut: readonly string[];
  readonly now: number;
}

/** Runs the claims at a pace, on a clock that each moves on by the seconds that it takes. */
function play(pace: (clock: () => number) => Pace, ids: readonly string[], takes: (id: string) => number): Played {
  let now = 1; // reading the chapters has taken a while
  const chosen = pace(() => now);
  const measured = new Map<string, number>();
  let rest = [...ids];
  for (let step = chosen.next(rest); step !== undefined; step = chosen.next(rest)) {
    const { id, limit } = step;
    rest = rest.filter((one) => one !== id);
    now += Math.min(takes(id), limit / 1_000);
    if (takes(id) * 1_000 <= limit) measured.set(id, now);
  }
  return { measured, leftOut: ids.filter((id) => !measured.has(id)), now };
}

function playQuick(known: ReadonlyMap<string, number>, ids: readonly string[], takes: (id: string) => number): Played {
  return play((clock) => quick(known, clock), ids, takes);
}

describe('a quick run', () => {
  test('has the chapters that count first, then what is known to be short, the reality check, and what is not known', () => {
    const { measured } = playQuick(new Map([['threads/race', 0.4]]), IDS, () => 0.5);
    expect([...measured.keys()]).toEqual([
      'pitfalls/views',
      'utils/rename',
      'threads/race',
      PICTURE,
      'threads/kill',
      'processes/kill',
    ]);
  });

  test('uses what the reality check leaves of the time for more short ones', () => {
    const { measured } = playQuick(new Map(), [PICTURE, ...MANY], (id) => (id === PICTURE ? 3 : 0.5));
    const place = [...measured.keys()].indexOf(PICTURE);
    expect(place).toBeGreaterThan(5);
    expect(place).toBeLessThan(measured.size - 10);
  });

  test.each([
    ['was never measured', undefined, 12],
    ['took 8 s', 8, 10],
    ['took 60 s on a busy machine', 60, 12],
  ])('keeps time free for the reality check, which %s', (_, took, reserved) => {
    const known = new Map(took === undefined ? [] : [[PICTURE, took]]);
    const { measured, leftOut } = playQuick(known, [PICTURE, ...MANY], (id) => (id === PICTURE ? reserved : 0.5));
    expect(measured.get(PICTURE)).toBeLessThanOrEqual(17.5);
    expect(measured.get(PICTURE)).toBeGreaterThan(16);
    expect(leftOut.length).toBeGreaterThan(40);
  });

  test('shows the reality check though it be late', () => {
    const { measured, now } = playQuick(new Map(), IDS, (id) => (id === PICTURE ? 40 : 0.5));
    expect([...measured.keys()].at(-1)).toBe(PICTURE);
    expect(now).toBe(42);
  });

  test('leaves out what is known to take a second or more, however much time there is', () => {
    const known = new Map([
      ['threads/kill', 1],
      ['threads/race', 0.99],
    ]);
    const { measured, leftOut } = playQuick(known, ['threads/kill', 'threads/race'], () => 0.9);
    expect([...measured.keys()]).toEqual(['threads/race']);
    expect(leftOut).toEqual(['threads/kill']);
  });

  test('cuts off after a second what it does not know, and leaves it out', () => {
    const { leftOut, now } = playQuick(new Map(), IDS, (id) => (id === 'threads/kill' ? 60 : 0.5));
    expect(leftOut).toEqual(['threads/kill']);
    expect(now).toBeCloseTo(1 + 5 * 0.5 + 1);
  });

  test('is over before the twentieth second, whatever claims take, unless the reality check is late', () => {
    const claims = fc.uniqueArray(fc.constantFrom(...IDS, ...MANY, ...MANY.map((id) => `threads/of-${id.slice(9)}`)));
    const seconds = fc.double({ min: 0, max: 40, noNaN: true });
    fc.assert(
      fc.property(claims, fc.array(seconds, { minLength: 1 }), fc.array(seconds), (ids, takes, earlier) => {
        const known = new Map(ids.slice(0, earlier.length).map((id, index) => [id, earlier[index]!]));
        const { measured, now } = playQuick(known, ids, (id) => takes[ids.indexOf(id) % takes.length]!);
        const picture = measured.get(PICTURE) ?? 0;
        expect(now).toBeLessThanOrEqual(Math.max(17.501, picture));
        expect(measured.has(PICTURE)).toBe(ids.includes(PICTURE));
      }),
    );
  });
});

test('a run that is not quick takes every claim in its order, and gives one that hangs its budget and 105 s more', () => {
  const pace = everyClaim(15);
  expect([
    ...play(
      () => pace,
      IDS,
      () => 30,
    ).measured.keys(),
  ]).toEqual(IDS);
  expect(pace.next(IDS)).toEqual({ id: IDS[0], timeBudget: 15, limit: 120_000 });
  expect(pace.next([])).toBeUndefined();
});

describe('the time left', () => {
  test('is that of the last time on this host, and the mean where a claim was never measured', () => {
    const known = new Map([
      ['a/b', 4],
      ['a/c', 2],
    ]);
    expect(secondsLeft(['a/b', 'a/c', 'a/new'], 1, [], known)).toBe(3 + 2 + 3);
    expect(secondsLeft(['a/new', 'a/newer'], 0, [5, 7], known)).toBe(12);
    expect(secondsLeft(['a/b'], 100, [], known)).toBe(0);
    expect(secondsLeft(['a/b'], 0, [], new Map())).toBeUndefined();
  });

  test('is known from the newest result of this host alone', () => {
    const of = (seconds: number, node = madeHost.node) => ({
      file: new URL('file:///x.json'),
      results: made({ host: { ...madeHost, node }, claims: [madeClaim('threads/kill', { seconds })] }),
    });
    expect([...knownSeconds([of(9, 'v20.0.0'), of(2), of(3)], madeHost)]).toEqual([['threads/kill', 2]]);
  });

  test.each([
    [0, 'about 5 s'],
    [12, 'about 15 s'],
    [59, 'about 60 s'],
    [100, 'about 2 min'],
  ])('of %d s reads %s', (seconds, text) => expect(describeSeconds(seconds)).toBe(text));
});
