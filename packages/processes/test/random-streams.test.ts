import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openIn } from '../src/proof/places.ts';
import type { BirthdayAnswer, BirthdayJob } from '../src/random-streams/proof/birthday-task.ts';
import { countAlike, EXACT_CHANCE, simulate, standardErrorsOff } from '../src/random-streams/proof/simulations.ts';
import { multiplyHigh, openStream, philox } from '../src/random-streams/recipe.ts';

describe('random numbers', () => {
  const hex = (words: Uint32Array): string => Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' ');

  // The known answers that its authors publish with it.
  test.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [Array.from({ length: 4 }, () => 0xffffffff), [0xffffffff, 0xffffffff], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const)('philox of %j under the key %j is known', (counter, [key0, key1], answer) => {
    const words = Uint32Array.from(counter);
    philox(words, key0, key1);
    expect(hex(words)).toBe(answer);
  });

  test('the upper half of a product is that of whole numbers', () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
      }),
    );
  });

  test('a stream can be drawn again, and no two streams of a seed are alike', () => {
    const first = (seed: number, stream: number): number[] => {
      const next = openStream(seed, stream);
      return Array.from({ length: 8 }, next);
    };
    const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(number, number, number, (seed, one, other) => {
        expect(first(seed, one)).toEqual(first(seed, one));
        if (one !== other) expect(first(seed, one)).not.toEqual(first(seed, other));
      }),
    );
  });
});

describe('simulating', () => {
  const streams = [0, 1, 2, 3, 4, 5];
  const some = { seed: 7, streams, groups: 500 };

  test.each(['thread', 'process'] as const)(
    'each stream has the same hits, whichever worker draws it: %s',
    async (place) => {
      const inline = await simulate('inline', 1, some);
      const shared = await simulate(place, 2, some);
      expect(shared.map(({ hits, fingerprint }) => [hits, fingerprint])).toEqual(
        inline.map(({ hits, fingerprint }) => [hits, fingerprint]),
      );
      expect(countAlike(shared)).toBe(0);
    },
  );

  test('workers that are given one stream draw alike, all of them', async () => {
    const answers = await simulate('inline', 1, { ...some, streams: streams.map(() => 3) });
    expect(countAlike(answers)).toBe(streams.length - 1);
  });

  test('the estimate is within 4 standard errors of the chance, which is 0.5073', async () => {
    const answers = await simulate('inline', 1, { seed: 1, streams, groups: 5_000 });
    expect(EXACT_CHANCE).toBeCloseTo(0.507297, 6);
    expect(standardErrorsOff(answers, 5_000)).toBeLessThan(4);
    expect(standardErrorsOff([{ hits: 100 }], 1_000)).toBeGreaterThan(20);
  });

  test('the work is done by as many processes as were opened', async () => {
    const task = new URL('../src/random-streams/proof/birthday-task.ts', import.meta.url);
    const processes = await openIn<BirthdayJob, BirthdayAnswer>('process', task, 2);
    const answers = await processes.run(streams.map((stream) => ({ seed: 1, stream, groups: 3_000 })));
    await processes.close();
    const lanes = answers.map(({ report }) => report.lane);
    expect(new Set(lanes).size).toBe(2);
    expect(lanes.every((lane) => !lane.startsWith(`${process.pid}:`))).toBe(true);
  });
});
