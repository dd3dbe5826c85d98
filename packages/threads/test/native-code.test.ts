import { createHook } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { libuvLanes } from '../src/native-code/proof/pool-lanes.ts';
import { measurePool } from '../src/native-code/proof/libuv-pool.ts';
import { readPoolThreads } from '../src/native-code/proof/pool-threads.ts';
import { deriveKey, deriveKeys, statBehind } from '../src/native-code/recipe.ts';

const unit = { kernel: 'primes', repeats: 1 } as const;
const { signal } = new AbortController();

test('the keys are the known ones of PBKDF2 with SHA-256 for 1 and for 4,096 iterations', async () => {
  expect(await deriveKey(1)).toBe('120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b');
  expect(await deriveKeys(3, 4_096)).toEqual(
    Array.from({ length: 3 }, () => 'c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a'),
  );
});

test('all keys are asked for at once', async () => {
  let begun = 0;
  const hook = createHook({ init: (_, type) => void (type === 'PBKDF2REQUEST' && begun++) }).enable();
  const keys = deriveKeys(3, 1_000);
  hook.disable();
  expect(begun).toBe(3);
  await keys;
});

test('a pool of 1 does two keys on one thread, a pool of 2 on two', async () => {
  const work = async (size: number): Promise<string[][]> => {
    const { trials } = await measurePool({ size, lanes: 2, trials: 3 }, signal);
    return trials.map(({ together }) => together.reports.map(({ lane }) => lane));
  };
  for (const lanes of await work(1)) expect(new Set(lanes).size).toBe(process.platform === 'linux' ? 1 : 2);
  for (const lanes of await work(2)) expect(new Set(lanes).size).toBe(2);
});

test('a stat behind a full pool comes after all but the last keys, and first where a thread is free', async () => {
  const { stat } = await measurePool({ size: 3, lanes: 2, trials: 1 }, signal);
  expect(stat.keys).toBe(7);
  expect(Math.min(...stat.full)).toBeGreaterThanOrEqual(5);
  expect(stat.oneFree.filter((done) => done === 0).length).toBeGreaterThanOrEqual(4);
});

test('keys that cannot be derived reject, and the program lives on', async () => {
  await expect(deriveKeys(3, 0)).rejects.toThrow('iterations');
  await expect(statBehind(3, 0)).rejects.toThrow('iterations');
});

/** The longest clock tick that Linux is built with. */
const TICK_MS = 10;

test.runIf(process.platform === 'linux')(
  'the threads of the pool are seen, and the CPU time that a key takes there',
  async () => {
    const lanes = libuvLanes(async () => void (await deriveKey(1_000_000)), 'one at a time');
    const [first, second] = [await lanes.run([unit]), await lanes.run([unit, unit])];
    expect(readPoolThreads().length).toBeGreaterThanOrEqual(1);
    const cpu = (reports: typeof first): number => reports.reduce((sum, report) => sum + report.cpu, 0);
    expect(cpu(second) / cpu(first)).toBeGreaterThan(1.1);
    expect(cpu(second) / cpu(first)).toBeLessThan(4);
    // The system may count a thread's last stretch a clock tick late: then it counts for the job after.
    for (const { started, ended, cpu: own } of second) expect(ended - started + TICK_MS).toBeGreaterThanOrEqual(own);
  },
);

test('an error of the job rejects', async () => {
  const lanes = libuvLanes(() => Promise.reject(new Error('the job failed')), 'at once');
  await expect(lanes.run([unit, unit])).rejects.toThrow('the job failed');
});
