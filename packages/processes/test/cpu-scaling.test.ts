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

test('an error in the task ends its process, and rejects the run', async () => {
  const processes = openProcesses<{ how: string }, never>(task('failing'), 2);
  await expect(processes.run([{ how: 'throw' }])).rejects.toThrow('it ended with exit code 1');
  await processes.close();
});

test('a process that ends without an answer rejects the run, and so does the next question to it', async () => {
  const processes = openProcesses<{ how: string }, never>(task('failing'), 1);
  await expect(processes.run([{ how: 'exit' }])).rejects.toThrow('it ended with exit code 3');
  await expect(processes.run([{ how: 'exit' }])).rejects.toThrow('Expected the process to be running');
  await processes.close();
});

test('an input that cannot be serialised rejects the run and leaves the processes usable', async () => {
  const processes = openProcesses<{ wait: number; big?: bigint }, { input: number }>(task('slow-first'), 1);
  await expect(processes.run([{ wait: 1, big: 1n }])).rejects.toThrow('BigInt');
  expect(await processes.run([{ wait: 1 }])).toMatchObject([{ input: 1 }]);
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
