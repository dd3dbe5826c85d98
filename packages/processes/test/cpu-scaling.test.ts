import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { goneAfter } from '@cookbook/lab/host';
import { expect, test } from 'vitest';
import { openProcesses } from '../src/cpu-scaling/recipe.ts';

const task = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);

test('outputs are in the order of the inputs, though later ones are done first', async () => {
  const processes = openProcesses<{ wait: number }, { input: number; pid: number }>(task('slow-first'), 3);
  const outputs = await processes.run([300, 1, 2, 3, 4, 5].map((wait) => ({ wait })));
  await processes.close();
  expect(outputs.map(({ input }) => input)).toEqual([300, 1, 2, 3, 4, 5]);
});

test('the work is done at the same time: as many tasks are under way as there are processes', async () => {
  const processes = openProcesses<{ wait: number }, { started: number; ended: number }>(task('interval'), 3);
  await processes.run([{ wait: 0 }, { wait: 0 }, { wait: 0 }]); // all have started
  const intervals = await processes.run([{ wait: 200 }, { wait: 200 }, { wait: 200 }]);
  await processes.close();
  const lastStart = Math.max(...intervals.map(({ started }) => started));
  const firstEnd = Math.min(...intervals.map(({ ended }) => ended));
  expect(lastStart, 'the last starts before the first ends').toBeLessThan(firstEnd);
});

test('a free process takes the next input: a slow one holds up nothing but itself', async () => {
  const processes = openProcesses<{ wait: number }, { pid: number }>(task('slow-first'), 2);
  const outputs = await processes.run([500, 1, 1, 1, 1].map((wait) => ({ wait })));
  await processes.close();
  const [slow, ...quick] = outputs.map(({ pid }) => pid);
  expect(quick.every((pid) => pid !== slow)).toBe(true);
});

test('a process that is killed rejects the run with its signal', async () => {
  const processes = openProcesses<{ wait: number }, { pid: number }>(task('slow-first'), 1);
  const [{ pid }] = (await processes.run([{ wait: 1 }])) as [{ pid: number }];
  const killed = processes.run([{ wait: 10_000 }]);
  process.kill(pid, 'SIGKILL');
  await expect(killed).rejects.toThrow('it ended with SIGKILL');
  await processes.close();
});

test('processes are kept from one run to the next', async () => {
  const processes = openProcesses<{ wait: number }, { pid: number }>(task('slow-first'), 1);
  const [first] = await processes.run([{ wait: 1 }]);
  const [second] = await processes.run([{ wait: 1 }]);
  await processes.close();
  expect(second!.pid).toBe(first!.pid);
});

test('a process that ends without an answer rejects the run, and the next question is answered by another one', async () => {
  const processes = openProcesses<unknown, unknown>(task('echo'), 1);
  await expect(processes.run([{ how: 'exit' }])).rejects.toThrow('it ended with exit code 3');
  expect(await processes.run([1])).toEqual([1]);
  await processes.close();
});

test('an input that cannot be serialised rejects the run and leaves the processes usable', async () => {
  const processes = openProcesses<{ wait: number; send?: () => void }, { input: number }>(task('slow-first'), 1);
  await expect(processes.run([{ wait: 1, send: () => {} }])).rejects.toMatchObject({ name: 'DataCloneError' });
  expect(await processes.run([{ wait: 1 }])).toMatchObject([{ input: 1 }]);
  await processes.close();
});

test('two runs at once get their own answers', async () => {
  const processes = openProcesses<{ wait: number }, { input: number; pid: number }>(task('slow-first'), 1);
  const runs = [[30, 1], [10, 20], [], [5]].map((waits) => processes.run(waits.map((wait) => ({ wait }))));
  const outputs = await Promise.all(runs);
  await processes.close();
  expect(outputs.map((run) => run.map(({ input }) => input))).toEqual([[30, 1], [10, 20], [], [5]]);
});

test('a process has one task at a time, however many runs there are', async () => {
  const processes = openProcesses<{ wait: number }, { started: number; ended: number }>(task('interval'), 2);
  const runs = await Promise.all([1, 2, 3, 4].map((wait) => processes.run([{ wait }, { wait: 2 * wait }])));
  await processes.close();
  const intervals = runs.flat();
  const together = intervals.map(
    ({ started }) => intervals.filter((other) => other.started <= started && started < other.ended).length,
  );
  expect(Math.max(...together)).toBeLessThanOrEqual(2);
});

test('a failure stops the rest: no further input is begun, and what had begun is done when the run rejects', async () => {
  const processes = openProcesses<object, unknown>(task('counted'), 2);
  const folder = mkdtempSync(path.join(tmpdir(), 'batch-'));
  const mark = path.join(folder, 'begun');
  const inputs = Array.from({ length: 200 }, (_, n) => ({ mark, wait: 5, fails: n === 2 }));
  await expect(processes.run(inputs)).rejects.toThrow('the task failed');
  const begun = statSync(mark).size;
  await sleep(200);
  expect(begun, 'tasks begun when the run rejected').toBeLessThan(8);
  expect(statSync(mark).size, 'tasks begun later').toBe(begun);
  await processes.close();
  rmSync(folder, { recursive: true });
});

test('a failure of one run stops no other', async () => {
  const processes = openProcesses<unknown, unknown>(task('echo'), 1);
  const failing = processes.run([{ how: 'own error' }, { how: 'exit' }]);
  const [failed, others] = await Promise.allSettled([failing, processes.run([1, 2, 3])]);
  await processes.close();
  expect(failed).toMatchObject({ status: 'rejected', reason: { name: 'QuotaError' } });
  expect(others).toEqual({ status: 'fulfilled', value: [1, 2, 3] });
});

test.each(['json', 'advanced'] as const)(
  'what a task throws arrives, over %s, and its process goes on',
  async (serialization) => {
    const processes = openProcesses<unknown, unknown>(task('echo'), 1, serialization);
    const thrown = async (input: object): Promise<unknown> =>
      processes.run([input]).then(
        () => 'it resolved',
        (reason: unknown) => reason,
      );
    const error = await thrown({ how: 'cause' });
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'outer', cause: { message: 'inner' } });
    expect((error as Error).stack).toContain('echo.ts');
    expect(await thrown({ how: 'code' })).toMatchObject({ code: 'ENOENT' });
    expect(await thrown({ how: 'cycle' })).toBeInstanceOf(TypeError);
    for (const value of ['a text', undefined, { code: 7 }])
      expect(await thrown({ how: 'thrown', thrown: value })).toEqual(value);
    expect(await thrown({ how: 'thrown function' })).toMatchObject({ name: 'DataCloneError' });
    expect(await processes.run([{ answer: 42 }])).toEqual([{ answer: 42 }]);
    await processes.close();
  },
);

test('an output that cannot be cloned rejects with a DataCloneError, undefined arrives, and the process goes on', async () => {
  const processes = openProcesses<unknown, unknown>(task('echo'), 1);
  await expect(processes.run([{ how: 'unsendable' }])).rejects.toMatchObject({ name: 'DataCloneError' });
  expect(await processes.run([undefined, 1n, new Map([[1, 2]])])).toEqual([undefined, 1n, new Map([[1, 2]])]);
  await processes.close();
});

test('a module that cannot be loaded rejects every run', async () => {
  const processes = openProcesses<object, unknown>(task('none'), 1);
  for (let n = 0; n < 2; n++) {
    await expect(processes.run([{}])).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
  }
  await processes.close();
});

test('a process that ends while it is idle is replaced', async () => {
  const processes = openProcesses<{ wait: number }, { pid: number }>(task('slow-first'), 1);
  const [{ pid }] = (await processes.run([{ wait: 1 }])) as [{ pid: number }];
  process.kill(pid, 'SIGKILL');
  expect(await goneAfter(pid, 10_000)).toBeDefined();
  await sleep(50); // its exit is an event by then
  const [next] = await processes.run([{ wait: 1 }]);
  await processes.close();
  expect(next!.pid).not.toBe(pid);
});

test('closing rejects what runs and what waits, and every run after it; closing twice is closing once', async () => {
  const processes = openProcesses<{ wait: number }, unknown>(task('slow-first'), 1);
  await processes.run([{ wait: 1 }]);
  const runs = Promise.allSettled([processes.run([{ wait: 60_000 }]), processes.run([{ wait: 1 }])]);
  await Promise.all([processes.close(), processes.close()]);
  expect(await runs).toMatchObject([
    { status: 'rejected', reason: { message: 'Expected an answer of the process, but it ended with SIGKILL' } },
    { status: 'rejected', reason: { message: 'Expected open processes, they are closed' } },
  ]);
  await expect(processes.run([{ wait: 1 }])).rejects.toThrow('Expected open processes, they are closed');
  await expect(processes.run([])).rejects.toThrow('Expected open processes, they are closed');
  await processes.close();
});

test('no input, no output', async () => {
  const processes = openProcesses<{ wait: number }, number>(task('slow-first'), 2);
  expect(await processes.run([])).toEqual([]);
  await processes.close();
});

test.each([0, -2, 1.5, NaN])('%s processes are refused', (count) => {
  expect(() => openProcesses(task('slow-first'), count)).toThrow(
    `Expected \`count\` to be an integer from 1 up, got ${count}`,
  );
});
