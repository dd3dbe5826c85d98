import { expect, test } from 'vitest';
import { usableCores } from '../../src/host/host.ts';
import { workerLanes } from '../../src/speedup/lane.ts';
import type { Lanes } from '../../src/speedup/lane.ts';
import { measureSpeedup } from '../../src/speedup/speedup.ts';
import { laneCounts, measureSweep } from '../../src/speedup/sweep.ts';
import { waitingTime } from '../../src/task/clock.ts';
import { darkScreen } from '../../src/claim/verify.ts';

const context = { budget: 1_000, signal: new AbortController().signal };
const unit = { kernel: 'primes', repeats: 5 } as const;

/** Opens lanes, and counts how many were opened each time and how many openings are not closed. */
function counting() {
  const seen = { counts: [] as number[], open: 0, runs: [] as number[] };
  const open = (count: number): Lanes => {
    const lanes = workerLanes(count);
    seen.counts.push(count);
    seen.open += 1;
    return {
      run(units) {
        seen.runs.push(units.length);
        return lanes.run(units);
      },
      async close() {
        seen.open -= 1;
        await lanes.close();
      },
    };
  };
  return { seen, open };
}

test('every lane that was opened is closed, when a lane fails too', async () => {
  const { seen, open } = counting();
  await measureSpeedup({ open, lanes: 2, unit, context, trials: [1, 1] });
  expect(seen).toMatchObject({ counts: [1, 2], open: 0 });

  const failing = (count: number) => ({ ...open(count), run: () => Promise.reject(new Error('it broke')) });
  await expect(measureSpeedup({ open: failing, lanes: 2, unit, context })).rejects.toThrow('it broke');
  expect(seen.open).toBe(0);
});

test('every lane is warmed up, and then the order of trials alternates', async () => {
  const ran: string[] = [];
  const open = (count: number): Lanes => {
    const lanes = workerLanes(count);
    return {
      ...lanes,
      run(units) {
        ran.push(`${count}${units[0]!.repeats < unit.repeats ? ' short' : ''}`);
        return lanes.run(units);
      },
    };
  };
  await measureSpeedup({ open, lanes: 2, unit, context, trials: [4, 4] });
  const short = ['1 short', '1 short', '1 short', '2 short', '2 short', '2 short'];
  expect(ran).toEqual([...short, '1', '2', '2', '1', '1', '2', '2', '1']);
});

test('trials see what the host makes of work side by side, where it says how long a thread waits', async ({ skip }) => {
  if (waitingTime() === undefined) skip('this system does not say how long a thread waits for a core');
  const { trials } = await measureSpeedup({ open: workerLanes, lanes: 2, unit, context, trials: [1, 1] });
  expect(trials[0]).toMatchObject({ sawInflation: true });
  expect(trials[0]!.ceiling * trials[0]!.inflation).toBeCloseTo(2, 5);
});

test('a lane that is given is used, not warmed up, and left open', async () => {
  const { seen, open } = counting();
  const given = counting();
  const one = given.open(1);
  await measureSpeedup({ open, one, lanes: 3, unit, context, trials: [1, 1], unitsAlone: 1 });
  expect(seen).toMatchObject({ counts: [3], open: 0 });
  expect(given.seen).toEqual({ counts: [1], open: 1, runs: [1] });
  await one.close();
});

test('a sweep compares all numbers of lanes with the same one lane', async () => {
  const { seen, open } = counting();
  const { speedups } = await measureSweep({ open, unit, context: { ...context, screen: darkScreen } });
  const numbers = laneCounts(usableCores());
  expect(speedups.map(({ lanes }) => lanes)).toEqual(numbers);
  expect(seen.counts.toSorted((a, b) => a - b)).toEqual(numbers);
  expect(seen.open).toBe(0);
});

test('the number of trials keeps its bounds, and `enough` ends them in between', async () => {
  const count = async (enough: () => boolean) =>
    (await measureSpeedup({ open: workerLanes, lanes: 2, unit, context, enough, trials: [2, 4] })).trials.length;
  expect(await count(() => true)).toBe(2);
  expect(await count(() => false)).toBe(4);
});

test('an aborted measurement throws the reason', async () => {
  const signal = AbortSignal.abort(new Error('stopped'));
  await expect(measureSpeedup({ open: workerLanes, lanes: 2, unit, context: { ...context, signal } })).rejects.toThrow(
    'stopped',
  );
});

test.each([0, -1, 1.5])('%s lanes are refused', async (lanes) => {
  await expect(measureSpeedup({ open: workerLanes, lanes, unit, context })).rejects.toThrow(
    `Expected \`lanes\` to be an integer from 1 up, got ${lanes}`,
  );
});

test.each([
  [1, [1, 2]],
  [2, [1, 2, 4]],
  [4, [1, 2, 4, 8]],
  [6, [1, 2, 4, 6, 12]],
  [16, [1, 2, 4, 8, 16, 32]],
])('a sweep over %i cores tries %j lanes', (cores, lanes) => {
  expect(laneCounts(cores)).toEqual(lanes);
});
