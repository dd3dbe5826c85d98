import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { goneAfter, isAlive } from '@cookbook/lab/host';
import { afterEach, expect, test } from 'vitest';
import { openPool } from '../src/pool/recipe.ts';
import type { Pool } from '../src/pool/recipe.ts';
import type { Counted } from '../src/proof/primes-task.ts';

const fixture = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);
const primes = new URL('../src/proof/primes-task.ts', import.meta.url);

const pools: Pool<never, unknown>[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.destroy())));

function open<Input, Output>(task: URL, processes: number): Pool<Input, Output> {
  const pool = openPool<Input, Output>(task, processes);
  pools.push(pool);
  return pool;
}

test('two processes take part, and each task gets its own answer, though later ones are done first', async () => {
  const pool = open<{ wait: number }, { input: number; pid: number }>(fixture('slow-first'), 2);
  const outputs = await Promise.all([300, 1, 2, 3].map((wait) => pool.run({ wait })));
  expect(outputs.map(({ input }) => input)).toEqual([300, 1, 2, 3]);
  expect(new Set(outputs.map(({ pid }) => pid)).size).toBe(2);
});

test('types survive the way there and back', async () => {
  const pool = open<unknown, unknown>(fixture('echo'), 1);
  const value = { map: new Map([[1, new Set(['a'])]]), date: new Date(0), bytes: new Float64Array([1, NaN, Infinity]) };
  expect(await pool.run(value)).toEqual(value);
});

test('no process is left when the pool is closed, not even one that computes', async () => {
  const pool = openPool<{ limit: number }, Counted>(primes, 1);
  const { pid } = await pool.run({ limit: 2 });
  const endless = pool.run({ limit: Infinity });
  await Promise.all([expect(endless).rejects.toThrow('Terminating worker'), pool.destroy()]);
  expect(isAlive(pid)).toBe(false);
});

function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'it resolved',
    (reason: unknown) => reason,
  );
}

test('what a task throws arrives as it was thrown, whatever it is', async () => {
  const pool = open<object, unknown>(fixture('echo'), 1);
  for (const thrown of ['a text', undefined, null, 0, { code: 7 }, new Map([[1, { message: 'no error' }]])]) {
    expect(await reasonOf(pool.run({ how: 'thrown', thrown }))).toEqual(thrown);
  }
  const error = await reasonOf(pool.run({ how: 'cause' }));
  expect(error).toBeInstanceOf(TypeError);
  expect((error as TypeError).cause).toBeInstanceOf(RangeError);
  expect(await reasonOf(pool.run({ how: 'code' }))).toMatchObject({ message: 'no such file', code: 'ENOENT' });
  expect(await reasonOf(pool.run({ how: 'thrown function' }))).toHaveProperty('name', 'DataCloneError');
});

test('an error whose cause is itself, or an error of it, arrives', async () => {
  const pool = open<object, unknown>(fixture('echo'), 1);
  const error = await reasonOf(pool.run({ how: 'cycle' }));
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ message: 'outer', cause: { message: 'inner' } });
  expect(await reasonOf(pool.run({ how: 'own cycle' }))).toMatchObject({ message: 'its own cause' });
  expect(await reasonOf(pool.run({ how: 'long chain' }))).toHaveProperty('message', '19999');
});

test('an output that cannot be cloned rejects with a DataCloneError, undefined arrives, and the process goes on', async () => {
  const pool = open<object, unknown>(fixture('echo'), 1);
  const pid = await pool.run({ how: 'pid' });
  expect(await reasonOf(pool.run({ how: 'unsendable' }))).toHaveProperty('name', 'DataCloneError');
  expect(await pool.run(undefined!)).toBeUndefined();
  expect(await pool.run({ how: 'pid' })).toBe(pid);
});

test('a module that cannot be loaded rejects every task', async () => {
  const pool = open<object, unknown>(fixture('none'), 1);
  for (let n = 0; n < 2; n++) {
    expect(await reasonOf(pool.run({}))).toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
  }
});

test('a timer that throws in a process without a task ends that process alone: the next task is answered', async () => {
  const pool = open<object, unknown>(fixture('echo'), 1);
  const pid = (await pool.run({ how: 'pid' })) as number;
  await pool.run({ how: 'later' });
  expect(await goneAfter(pid, 10_000)).toBeDefined();
  await sleep(100);
  expect(await pool.run({ how: 'pid' })).not.toBe(pid);
});

test('a signal rejects with its reason, whether the task has not begun, waits or runs, and changes nothing later', async () => {
  const pool = open<object, unknown>(fixture('echo'), 1);
  const pid = await pool.run({ how: 'pid' });
  const reason = new Error('the caller went away');
  const stop = new AbortController();
  const [running, waiting] = [1, 2].map(() => reasonOf(pool.run({ how: 'never' }, { signal: stop.signal })));
  expect(await reasonOf(pool.run({}, { signal: AbortSignal.abort(reason) }))).toBe(reason);
  await sleep(50);
  stop.abort(reason);
  expect(await running).toBe(reason);
  expect(await waiting).toBe(reason);
  const late = new AbortController();
  const next = await pool.run({ how: 'pid' }, { signal: late.signal });
  expect(next).not.toBe(pid);
  late.abort(reason);
  expect(await pool.run({ how: 'pid' })).toBe(next);
});

test('a task that is refused takes its listener off the signal, which aborts nothing later', async () => {
  const pool = openPool<object, unknown>(fixture('echo'), 1, { maxQueue: 0 });
  pools.push(pool);
  const stop = new AbortController();
  const running = pool.run({ how: 'pid' });
  expect(await reasonOf(pool.run({}, { signal: stop.signal }))).toHaveProperty(
    'message',
    expect.stringContaining('queue'),
  );
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  stop.abort();
  await running;
});

test('a closed pool runs nothing, and can be closed twice', async () => {
  const pool = open<object, unknown>(fixture('echo'), 1);
  await pool.run({});
  await Promise.all([pool.destroy(), pool.destroy()]);
  await expect(pool.run({})).rejects.toThrow('Expected an open pool, it is closed');
});

test.each([0, -1, 1.5, NaN])('%s processes are refused', (processes) => {
  expect(() => openPool(primes, processes)).toThrow(
    `Expected \`processes\` to be an integer from 1 up, got ${processes}`,
  );
});

test('an input that cannot be cloned rejects with a DataCloneError, and runs nothing', async () => {
  const pool = open<unknown, unknown>(fixture('echo'), 1);
  for (const input of [() => {}, new SharedArrayBuffer(4)]) {
    expect(await reasonOf(pool.run(input))).toHaveProperty('name', 'DataCloneError');
  }
  expect(await pool.run(1)).toBe(1);
});

test('where no process can start, every task rejects', async () => {
  const options = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = '--no-such-option';
  try {
    const pool = open<object, unknown>(fixture('echo'), 1);
    const ends = await Promise.all([{}, {}, {}].map((input) => reasonOf(pool.run(input))));
    for (const end of ends) expect(end).toBeInstanceOf(Error);
  } finally {
    if (options === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = options;
  }
});
