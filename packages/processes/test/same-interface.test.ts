import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Counted } from '../src/proof/primes-task.ts';
import { runTask } from '../src/same-interface/recipe.ts';

const primes = new URL('../src/proof/primes-task.ts', import.meta.url);
const echo = new URL('./fixtures/echo.ts', import.meta.url);

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
    [{ how: 'abort' }, Error, { name: 'AbortError', message: 'stopped' }],
    [{ how: 'unsendable' }, Error, { message: expect.stringContaining('could not be cloned') as string }],
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
    await expect(run({ how: 'no error' })).rejects.toBe('a text');
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
    await expect(run(() => 1)).rejects.toThrow('could not be cloned');
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
