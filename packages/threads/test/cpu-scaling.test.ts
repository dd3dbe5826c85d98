import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openThreads } from '../src/cpu-scaling/recipe.ts';

const task = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);
const code = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);

test('outputs are in the order of the inputs, though later ones are done first', async () => {
  const threads = openThreads<number, { input: number; threadId: number }>(task('slow-first'), 3);
  const outputs = await threads.run([300, 1, 2, 3, 4, 5]);
  await threads.close();
  expect(outputs.map(({ input }) => input)).toEqual([300, 1, 2, 3, 4, 5]);
});

test('the work is done at the same time: as many tasks are under way as there are threads, never more', async () => {
  const running = new Int32Array(new SharedArrayBuffer(8));
  const threads = openThreads<Int32Array, number>(task('count-running'), 3);
  await threads.run(Array.from({ length: 12 }, () => running));
  await threads.close();
  expect(running[1], 'the most that were under way at once').toBe(3);
  expect(running[0], 'under way at the end').toBe(0);
});

test('a free thread takes the next input: a slow one holds up nothing but itself', async () => {
  const threads = openThreads<number, { threadId: number }>(task('slow-first'), 2);
  const outputs = await threads.run([300, 1, 1, 1, 1]);
  await threads.close();
  const [slow, ...quick] = outputs.map(({ threadId }) => threadId);
  expect(quick.every((threadId) => threadId !== slow)).toBe(true);
});

test('threads are kept from one run to the next', async () => {
  const threads = openThreads<number, { threadId: number }>(task('slow-first'), 1);
  const [first] = await threads.run([1]);
  const [second] = await threads.run([1]);
  await threads.close();
  expect(second!.threadId).toBe(first!.threadId);
});

test('an error in the task rejects the run with its own message', async () => {
  const threads = openThreads<string, never>(task('failing'), 2);
  await expect(threads.run(['throw'])).rejects.toThrow('the task failed');
  await threads.close();
});

test('a thread that ends without an answer rejects the run, and so does the next question to it', async () => {
  const threads = openThreads<string, never>(task('failing'), 1);
  await expect(threads.run(['exit'])).rejects.toThrow('it ended with exit code 3');
  await expect(threads.run(['exit'])).rejects.toThrow('it ended with exit code 3');
  await threads.close();
});

test('an input that cannot be cloned rejects the run and leaves the threads usable', async () => {
  const threads = openThreads<unknown, { input: number }>(task('slow-first'), 1);
  await expect(threads.run([() => {}])).rejects.toThrow('could not be cloned');
  expect(await threads.run([1])).toMatchObject([{ input: 1 }]);
  await threads.close();
});

test('after a failure no further input is begun, and the run rejects with the first error', async () => {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const threads = openThreads<{ begun: Int32Array; fails: boolean }, number>(task('fail-one'), 2);
  const inputs = Array.from({ length: 200 }, (_, index) => ({ begun, fails: index === 2 }));
  await expect(threads.run(inputs)).rejects.toThrow('the third failed');
  const then = begun[0]!;
  expect(then).toBeLessThan(10);
  expect(await threads.run([{ begun, fails: false }])).toEqual([then + 1]);
  await threads.close();
});

test('threads that end are replaced, however many do', async () => {
  const threads = openThreads<string, string>(code("export default (x) => x === 'exit' ? process.exit(4) : x"), 2);
  expect(await threads.run(['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd']);
  for (let time = 0; time < 4; time++) {
    await expect(threads.run(['exit'])).rejects.toThrow('it ended with exit code 4');
    expect(await threads.run(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
  }
  await threads.close();
});

test('who waits for a thread gets the one that replaces another', async () => {
  const threads = openThreads<string, string>(code("export default (x) => x === 'exit' ? process.exit(4) : x"), 1);
  expect(await threads.run(['a'])).toEqual(['a']);
  const [ended, waiting] = await Promise.allSettled([threads.run(['exit']), threads.run(['b', 'c'])]);
  await threads.close();
  expect(ended).toMatchObject({ reason: { message: expect.stringContaining('exit code 4') } });
  expect(waiting).toMatchObject({ value: ['b', 'c'] });
});

test('a module that throws no Error rejects every run with what it throws', async () => {
  const threads = openThreads<number, number>(code('throw null'), 2);
  for (let time = 0; time < 4; time++) expect(await threads.run([1]).catch((error: unknown) => error)).toBe(null);
  await threads.close();
});

test('a module that is not there rejects every run with that error, and the program lives on', async () => {
  const threads = openThreads<number, number>(task('no-such-task'), 2);
  await expect(threads.run([1, 2, 3])).rejects.toThrow('no-such-task');
  await expect(threads.run([1])).rejects.toThrow('no-such-task');
  await threads.close();
});

test.each([1, 2])(
  'a timer that throws in an idle thread of %i rejects the next run, and the thread is replaced',
  async (count) => {
    const threads = openThreads<number, string>(task('late-timer'), count);
    for (let time = 0; time < 3; time++) {
      expect(await threads.run([1])).toEqual(['done']);
      await sleep(200);
      await expect(threads.run([1])).rejects.toThrow('the timer failed');
    }
    await threads.close();
  },
);

test('no input, no output', async () => {
  const threads = openThreads<number, number>(task('slow-first'), 2);
  expect(await threads.run([])).toEqual([]);
  await threads.close();
});

test.each([0, -2, 1.5, NaN])('%s threads are refused', (count) => {
  expect(() => openThreads(task('slow-first'), count)).toThrow(
    `Expected \`count\` to be an integer from 1 up, got ${count}`,
  );
});
