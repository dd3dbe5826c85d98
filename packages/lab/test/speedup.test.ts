import { expect, test } from 'vitest';
import { workerLanes } from '../src/lane.ts';
import { measureSpeedup } from '../src/speedup.ts';
import { laneCounts } from '../src/sweep.ts';

const context = { budget: 1_000, signal: new AbortController().signal };
const unit = { kernel: 'primes', repeats: 5 } as const;

test('every lane that was opened is closed, when a lane fails too', async () => {
  let open = 0;
  const counting = (count: number) => {
    const lanes = workerLanes(count);
    open += 1;
    return {
      run: lanes.run,
      async close() {
        open -= 1;
        await lanes.close();
      },
    };
  };
  await measureSpeedup({ open: counting, lanes: 2, unit, context, trials: [1, 1] });
  expect(open).toBe(0);

  const failing = (count: number) => ({ ...counting(count), run: () => Promise.reject(new Error('it broke')) });
  await expect(measureSpeedup({ open: failing, lanes: 2, unit, context })).rejects.toThrow('it broke');
  expect(open).toBe(0);
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
