import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Counted } from '../src/proof/primes-task.ts';
import { runTask } from '../src/same-interface/recipe.ts';

const primes = new URL('../src/proof/primes-task.ts', import.meta.url);
const echo = new URL('./fixtures/echo.ts', import.meta.url);
const CLONED = expect.stringContaining('could not be cloned') as string;

function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'it resolved',
    (reason: unknown) => reason,
  );
}

describe.each(['thread', 'process'] as const)('a task in a %s', (place) => {
  const run = <Output>(input: unknown, file = echo) => runTask<Output>(file, input, { in: place });

  test('answers, from elsewhere', async () => {
    const { primes: count, pid, threadId } = await run<Counted>({ limit: 20_000 }, primes);
    expect(count).toBe(2_262);
    expect({ otherProcess: pid !== process.pid, otherThread: threadId !== 0 }).toEqual({
      otherProcess: place === 'process',
      otherThread: place === 'thread',
    });
  });

  test('gets its input and gives its output whole, whatever types are in it', async () => {
    const value = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
      fc.constant(undefined),
    );
    const property = fc.asyncProperty(fc.array(value, { maxLength: 40 }), async (values) => {
      expect(await run(values)).toEqual(structuredClone(values));
    });
    await fc.assert(property, { numRuns: 8 });
  });

  test.each([
    [{ how: 'own error' }, Error, { name: 'QuotaError', message: 'no more' }],
    [{ how: 'code' }, Error, { code: 'ENOENT', message: 'no such file' }],
    [{ how: 'abort' }, DOMException, { name: 'AbortError', message: 'stopped', code: DOMException.ABORT_ERR }],
    [{ how: 'path' }, Error, { errno: -2, path: '/none', dest: '/other' }],
    [{ how: 'aggregate' }, AggregateError, { message: 'all failed', errors: [new RangeError('first'), 'second'] }],
    [{ how: 'unsendable property' }, Error, { message: 'bad answer', status: 500 }],
    [{ how: 'unsendable' }, DOMException, { name: 'DataCloneError', message: CLONED }],
    [{ how: 'thrown function' }, DOMException, { name: 'DataCloneError', message: CLONED }],
    [{ how: 'timer' }, SyntaxError, { message: expect.stringContaining('JSON') as string }],
    [{ how: 'unhandled' }, RangeError, { message: 'nobody awaits this' }],
  ])('that fails by %j rejects with that error', async (input, Class, like) => {
    const error = await run(input).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Class);
    expect(error).toMatchObject(like);
  });

  test('that throws a built-in error rejects with its class, message, cause, and the stack of where it was thrown', async () => {
    const error = await run({ how: 'cause' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toBe('outer');
    expect((error as TypeError).stack).toContain('echo.ts');
    expect((error as TypeError).cause).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ cause: { message: 'inner' } });
  });

  test('that throws a value rejects with that value', async () => {
    for (const thrown of ['a text', undefined, null, 0, { code: 7 }, new Map([[1, { message: 'no error' }]])]) {
      expect(await reasonOf(run({ how: 'thrown', thrown }))).toEqual(thrown);
    }
  });

  test('whose error is its own cause rejects with that error, the circle cut', async () => {
    const error = (await reasonOf(run({ how: 'cycle' }))) as TypeError;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.cause).toBeInstanceOf(AggregateError);
    expect(error.cause).toMatchObject({ message: 'inner' });
    expect(Object.hasOwn(error.cause as AggregateError, 'cause')).toBe(false);
  });

  test('whose error has twenty thousand causes rejects with the first of them', async () => {
    let depth = 0;
    let error = (await reasonOf(run({ how: 'long chain' }))) as Error;
    expect(error.message).toBe('19999');
    for (; error.cause instanceof Error; error = error.cause) depth++;
    expect(depth).toBeGreaterThan(5);
  });

  test('that waits for what never comes is ended by a signal alone', async () => {
    const signal = AbortSignal.timeout(1_000);
    await expect(runTask(echo, { how: 'never' }, { in: place, signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  test('is answered by its own answer, whatever runs beside it', async () => {
    const inputs = [1, 2, 3, 4];
    expect(await Promise.all(inputs.map((input) => run(input)))).toEqual(inputs);
  });

  test('that ends its thread or process rejects with the exit code', async () => {
    await expect(run({ how: 'exit' })).rejects.toThrow(
      `Expected an answer of the ${place}, but it ended with exit code 3`,
    );
  });

  test('whose file is missing, or whose input cannot be sent, rejects', async () => {
    await expect(run({}, new URL('./fixtures/none.ts', import.meta.url))).rejects.toMatchObject({
      code: 'ERR_MODULE_NOT_FOUND',
    });
    await expect(run(() => 1)).rejects.toMatchObject({ name: 'DataCloneError', message: CLONED });
  });

  test('that never ends is ended by an AbortSignal, and rejects with its reason', async () => {
    const stop = new AbortController();
    const endless = runTask(primes, { limit: Infinity }, { in: place, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(endless).rejects.toThrow('enough');
  });

  test('is not started under a signal that is aborted already', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(runTask(echo, {}, { in: place, signal })).rejects.toThrow('too late');
  });

  test('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    const running = runTask(echo, 1, { in: place, signal });
    expect(getEventListeners(signal, 'abort').length).toBe(1);
    await running;
    expect(getEventListeners(signal, 'abort').length).toBe(0);
  });
});

test('shared memory is the one difference: a thread gets it, a process refuses it', async () => {
  const shared = new SharedArrayBuffer(4);
  expect(await runTask(echo, shared, { in: 'thread' })).toBeInstanceOf(SharedArrayBuffer);
  await expect(runTask(echo, shared, { in: 'process' })).rejects.toThrow('could not be cloned');
});
