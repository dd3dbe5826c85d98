import { afterEach, expect, test } from 'vitest';
import { memoryOf } from '../src/free-threading/proof/memory.ts';
import { startProcess, startThread } from '../src/free-threading/recipe.ts';
import type { Started } from '../src/free-threading/recipe.ts';

const module = new URL('../src/free-threading/proof/ready-task.ts', import.meta.url);
const all: Started<number>[] = [];
afterEach(async () => {
  for (const started of all.splice(0)) await started.stop();
});

async function keep(starting: Promise<Started<number>>): Promise<Started<number>> {
  const started = await starting;
  all.push(started);
  return started;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a thread belongs to this process, a process is one of its own', async () => {
  expect((await keep(startThread<number>(module))).pid).toBe(process.pid);
  const { pid } = await keep(startProcess<number>(module));
  expect(pid).not.toBe(process.pid);
  expect(isAlive(pid)).toBe(true);
});

test('a process is gone once it has been stopped', async () => {
  const { pid, stop } = await startProcess<number>(module);
  await stop();
  expect(isAlive(pid)).toBe(false);
});

test.each([
  ['thread', () => startThread<number>(module)],
  ['process', () => startProcess<number>(module)],
])('the first message of a %s is the CPU time that its start took', async (_, start) => {
  const { message } = await keep(start());
  expect(message).toBeGreaterThan(0);
});

test.each([
  ['thread', startThread],
  ['process', startProcess],
])('a %s that ends before its first message is refused', async (kind, start) => {
  const silent = new URL('./fixtures/silent.ts', import.meta.url);
  await expect(start(silent)).rejects.toThrow(`Expected the ${kind} to start, but it ended with 3`);
});

/** A process that is ready, and stays; or whose module does what `start` says instead. */
const started = (start = '') => {
  const args = [`${start || 'process.send(process.pid)'}; setInterval(() => {}, 1_000)`];
  return [new URL('./fixtures/evaluate.ts', import.meta.url), args] as const;
};

test('a process that is killed before its first message is refused with the signal', async () => {
  await expect(startProcess(...started('process.kill(process.pid, "SIGKILL")'))).rejects.toThrow(
    'Expected the process to start, but it ended with SIGKILL',
  );
});

test('a signal ends a process before it starts, while it starts and when it is ready', async () => {
  const reason = new Error('the caller went away');
  const stop = new AbortController();
  const { signal } = stop;
  const { pid, stop: stopReady } = await startProcess<number>(...started(), { signal });
  const starting = startProcess(...started('0'), { signal }).catch((error: unknown) => error);
  stop.abort(reason);
  expect(await starting).toBe(reason);
  expect(await startProcess(...started(), { signal }).catch((error: unknown) => error)).toBe(reason);
  await stopReady();
  expect(isAlive(pid)).toBe(false);
});

test('memory that is written to is counted', () => {
  const before = memoryOf([process.pid]);
  const bytes = Buffer.alloc(64 * 2 ** 20, 1);
  const after = memoryOf([process.pid]);
  expect(bytes.at(-1)).toBe(1);
  expect(after - before).toBeGreaterThan(60);
  expect(after - before).toBeLessThan(80);
});

test('a process more is memory more', async () => {
  const { pid } = await keep(startProcess<number>(module));
  const own = memoryOf([process.pid]);
  expect(memoryOf([process.pid, pid])).toBeGreaterThan(own + 5);
});
