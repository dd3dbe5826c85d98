// Windows on memory, modules, threads, closures.

import * as fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import * as modules from '../src/across-modules/recipe.ts';
import * as threads from '../src/across-threads/recipe.ts';
import * as closures from '../src/closures/recipe.ts';
import * as views from '../src/views/recipe.ts';

describe('views', () => {
  test('slice of a Buffer is a window: what is cleared in it is cleared in the packet', () => {
    const { packet, header } = views.trap();
    expect([...packet]).toEqual([0, 0, 3, 4]);
    expect(header.buffer).toBe(packet.buffer);
  });

  test('slice of Uint8Array is a copy', () => {
    const { packet, header } = views.fix();
    expect([...packet]).toEqual([1, 2, 3, 4]);
    expect([...header]).toEqual([0, 0]);
    expect(header.buffer).not.toBe(packet.buffer);
  });

  test('subarray is a window, and reading through it changes nothing', () => {
    const { packet, header, sum } = views.cheaperFix();
    expect(header.buffer).toBe(packet.buffer);
    expect([...packet]).toEqual([1, 2, 3, 4]);
    expect(sum).toBe(3);
  });

  test('of ten ways to make bytes from bytes five share', () => {
    expect(views.sharing()).toEqual({
      'buffer.slice': true,
      'buffer.subarray': true,
      'typedArray.subarray': true,
      'new Uint8Array(arrayBuffer)': true,
      'Buffer.from(arrayBuffer)': true,
      'typedArray.slice': false,
      'new Uint8Array(typedArray)': false,
      'Buffer.from(buffer)': false,
      'Buffer.concat([buffer])': false,
      'structuredClone(typedArray)': false,
    });
  });

  test('a window keeps all of its memory, a copy its own bytes, a short Buffer stands in a pool', () => {
    expect(views.keptAlive()).toEqual({ window: 2 ** 20, copy: 4 });
    expect(views.poolBehind('abc')).toBeGreaterThanOrEqual(Buffer.poolSize);
  });
});

describe('across-modules', () => {
  test('a worker and a fork each have module state of their own', async () => {
    expect(await modules.trap()).toEqual({ here: 3, imported: 0 });
    expect(await modules.trapInFork()).toBe(0);
  });

  test('a worker has what it was sent, and one that shares memory counts in it', async () => {
    expect(await modules.fix()).toEqual({ here: 3, sent: 3 });
    expect(await modules.cheaperFix()).toEqual({ here: 4 });
  });

  test('the same URL is the same module, another URL is another, and an exported let is live', async () => {
    expect(await modules.instancesOnThisThread()).toEqual({ same: true, other: false });
    expect(modules.liveAndCopied()).toEqual({ live: 1 });
  });
});

describe('across-threads', () => {
  test('a cloned array changes in the worker only', async () => {
    const { numbers, answer } = await threads.trap();
    expect([...numbers]).toEqual([10, 20, 30]);
    expect(answer.first).toBe(11);
  });

  test('the answer brings the result', async () => {
    expect([...(await threads.fix()).numbers]).toEqual([11, 20, 30]);
  });

  test('a transferred array leaves its sender empty', async () => {
    const { numbers, answer } = await threads.transfer();
    expect(numbers).toHaveLength(0);
    expect([...answer.numbers]).toEqual([11, 20, 30]);
  });

  test('a shared array changes for both', async () => {
    const { numbers, answer } = await threads.cheaperFix();
    expect([...numbers]).toEqual([11, 20, 30]);
    expect(answer.first).toBe(11);
  });
});

describe('closures', () => {
  test('closures over var share one variable, over let have one each', () => {
    expect(closures.trap()).toEqual([3, 3, 3]);
    expect(closures.fix()).toEqual([0, 1, 2]);
    expect(closures.cheaperFix()).toEqual([0, 1, 2]);
  });

  test('a callback reads the variable when it runs', async () => {
    expect(await closures.lateRead()).toBe('hello bob');
  });

  test('a seat that is checked before an await is sold twice', async () => {
    const seats = { free: 1 };
    const pay = (): Promise<void> => setImmediate();
    expect(await Promise.all([closures.reserve(seats, pay), closures.reserve(seats, pay)])).toEqual([true, true]);
    expect(seats.free).toBe(-1);
  });

  test('a seat that is taken at once is never sold twice, in whatever order the payments end and fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat({ max: 3 }),
        fc.array(fc.boolean(), { maxLength: 6 }),
        async (scheduler, free, succeeding) => {
          const seats = { free };
          const pay = async (succeeds: boolean): Promise<void> => {
            await scheduler.schedule(Promise.resolve());
            if (!succeeds) throw new Error('declined');
          };
          const sold = Promise.all(succeeding.map((succeeds) => closures.reserveAtOnce(seats, () => pay(succeeds))));
          await scheduler.waitFor(sold);
          const taken = (await sold).filter(Boolean).length;
          expect(seats.free).toBeGreaterThanOrEqual(0);
          expect(seats.free + taken).toBe(free);
        },
      ),
    );
  });
});
