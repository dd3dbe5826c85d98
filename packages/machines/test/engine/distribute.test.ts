import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { distribute } from '../../src/distribute/distribute.ts';
import type { Options } from '../../src/distribute/distribute.ts';
import { backendOf } from '../../src/queue/connection.ts';
import { openRuns } from '../../src/queue/runs.ts';
import type { Order } from '../fixtures/tasks-task.ts';
import { KINDS, marksForTest, orders, startWorkerForTest, TASK, TASKS, tripled } from './rig.ts';
import type { Database } from './rig.ts';

describe.each(KINDS)('on $kind', ({ lack, open }) => {
  let database: Database;
  beforeAll(async () => {
    if (lack === undefined) database = await open();
  });
  afterAll(() => database?.close());

  const map = (inputs: Iterable<Order> | AsyncIterable<Order>, options: Partial<Options> = {}) =>
    distribute<Order, number>(TASK, inputs, { connection: database.url, tasks: TASKS, ...options });

  async function* slowly(inputs: Iterable<Order>, ms: number): AsyncGenerator<Order> {
    for (const input of inputs) {
      await sleep(ms);
      yield input;
    }
  }

  test.runIf(lack === undefined)(
    'results are in the order of the inputs, whichever worker was first, and nothing is left in the database',
    async () => {
      await Promise.all([startWorkerForTest(database.url), startWorkerForTest(database.url)]);
      const { results, failed, resumed } = await map(
        orders(100, (n) => ({ wait: n % 7 })),
        { batch: 3 },
      );
      expect(results).toEqual(tripled(100));
      expect({ failed, resumed }).toEqual({ failed: [], resumed: 0 });
      const runs = openRuns(backendOf(database.url));
      expect(await runs.list()).toEqual([]);
      await runs.close();
    },
  );

  test.runIf(lack === undefined)(
    'inputs come from an asynchronous source as well, and none at all are no error',
    async () => {
      await startWorkerForTest(database.url, { lanes: 2 });
      expect((await map(slowly(orders(30), 5), { batch: 4 })).results).toEqual(tripled(30));
      expect(await map([])).toEqual({ results: [], failed: [], resumed: 0 });
    },
  );

  test.runIf(lack === undefined)('inputs are pulled no further than so many jobs ahead of the results', async () => {
    await startWorkerForTest(database.url);
    let [pulled, done, most] = [0, 0, 0];
    function* source(): Generator<Order> {
      for (const order of orders(300)) {
        most = Math.max(most, ++pulled - done);
        yield order;
      }
    }
    const { results } = await map(source(), { batch: 10, ahead: 3, onProgress: (progress) => (done = progress.done) });
    expect(results).toEqual(tripled(300));
    expect(most).toBe(30);
  });

  test.runIf(lack === undefined)(
    'an input that always fails is given up after so many attempts, and the rest is done',
    async () => {
      await startWorkerForTest(database.url, { lanes: 2 });
      const isPoison = (n: number): boolean => n % 20 === 13;
      const { results, failed } = await map(
        orders(100, (n) =>
          isPoison(n) ? { fails: 'always' } : n === 50 ? { fails: 'once' } : n === 51 ? { fails: 'twice' } : {},
        ),
        { batch: 5 },
      );
      expect(failed).toEqual(
        [13, 33, 53, 73, 93].map((index) => ({ index, error: `RangeError: cannot do ${index}`, attempts: 3 })),
      );
      expect(results).toHaveLength(100);
      expect(results.filter((_, n) => !isPoison(n))).toEqual(tripled(100).filter((_, n) => !isPoison(n)));
    },
  );

  test.runIf(lack === undefined).each(['by SIGKILL', 'by process.exit'] as const)(
    'an input that ends its process %s is given up, its neighbours are done',
    async (fails) => {
      await startWorkerForTest(database.url, { lanes: 2 });
      const { results, failed } = await map(
        orders(20, (n) => (n === 7 ? { fails } : {})),
        { batch: 5, attempts: 2 },
      );
      expect(failed).toEqual([{ index: 7, error: expect.stringMatching(/exit/i), attempts: 2 }]);
      expect(results.filter((_, n) => n !== 7)).toEqual(tripled(20).filter((_, n) => n !== 7));
    },
  );

  test.runIf(lack === undefined)(
    'an input that JSON cannot hold, or that is too large, is reported and never sent',
    async () => {
      await startWorkerForTest(database.url);
      const inputs = [{ n: 0 }, undefined, { n: 2, more: 'x'.repeat(2 ** 20) }, { n: 3 }, 4n, { n: 5 }] as Order[];
      const { results, failed } = await map(inputs, { batch: 6 });
      expect(results).toEqual([0, undefined, undefined, 9, undefined, 15]);
      expect(failed).toEqual([
        { index: 1, error: 'TypeError: Expected an input that JSON can hold, got a undefined', attempts: 0 },
        { index: 2, error: expect.stringMatching(/at most 1048576 bytes as JSON, got 10485/), attempts: 0 },
        { index: 4, error: expect.stringMatching(/BigInt/), attempts: 0 },
      ]);
    },
  );

  test.runIf(lack === undefined)(
    'of a worker that is killed another does the jobs, whatever it computes, and no lane of it is left',
    async () => {
      const marks = marksForTest();
      const [one] = await Promise.all([
        startWorkerForTest(database.url, { marks: marks.file }),
        startWorkerForTest(database.url, { marks: marks.file }),
      ]);
      let killed = false;
      const { results, failed } = await map(
        orders(60, () => ({ compute: 10 })),
        {
          batch: 5,
          onProgress: ({ done }) => {
            if (done >= 20 && !killed) killed = one.child.kill('SIGKILL');
          },
        },
      );
      expect(results).toEqual(tripled(60));
      expect(failed).toEqual([]);
      expect(killed).toBe(true);
      expect(marks.read().length, 'some ran twice').toBeGreaterThan(60);
    },
  );

  test.runIf(lack === undefined)('a worker that computes longer than its lease keeps its job', async () => {
    const marks = marksForTest();
    const [one, other] = await Promise.all([
      startWorkerForTest(database.url, { marks: marks.file, lease: 500 }),
      startWorkerForTest(database.url, { marks: marks.file, lease: 500 }),
    ]);
    const { results } = await map(
      orders(4, () => ({ compute: 1_500 })),
      { batch: 1 },
    );
    expect(results).toEqual(tripled(4));
    expect(marks.read()).toHaveLength(4);
    expect(one.said() + other.said()).not.toContain('lost its worker');
  });

  test.runIf(lack === undefined)(
    'SIGTERM drains a worker: it ends with 0, no input runs twice, and the other does the rest',
    async () => {
      const marks = marksForTest();
      const [one, other] = await Promise.all([
        startWorkerForTest(database.url, { marks: marks.file }),
        startWorkerForTest(database.url, { marks: marks.file }),
      ]);
      let drained = false;
      const { results } = await map(
        orders(60, () => ({ wait: 10 })),
        {
          batch: 5,
          onProgress: ({ done }) => {
            if (done >= 20 && !drained) drained = one.child.kill('SIGTERM');
          },
        },
      );
      expect(await one.ended).toEqual({ code: 0, signal: null });
      expect(results).toEqual(tripled(60));
      expect(marks.read()).toHaveLength(60);
      expect(other.said()).not.toContain('lost its worker');
    },
  );

  test.runIf(lack === undefined)(
    'a named run that was aborted goes on where it ended, and does only the rest',
    async () => {
      const marks = marksForTest();
      await startWorkerForTest(database.url, { marks: marks.file });
      const stop = new AbortController();
      const options = { batch: 4, name: 'again', ahead: 4 };
      const inputs = orders(80, (n) => ({ wait: 2, ...(n === 3 && { fails: 'always' as const }) }));
      const first = map(inputs, {
        ...options,
        signal: stop.signal,
        onProgress: ({ done }) => done >= 32 && stop.abort(new Error('the caller went away')),
      });
      await expect(first).rejects.toThrow('the caller went away');
      const { results, failed, resumed } = await map(inputs, options);
      expect(results.filter((_, n) => n !== 3)).toEqual(tripled(80).filter((_, n) => n !== 3));
      expect(failed).toEqual([{ index: 3, error: 'RangeError: cannot do 3', attempts: 3 }]);
      expect(resumed).toBeGreaterThanOrEqual(32);
      expect(marks.read(), 'every input once, but for the one with three attempts').toHaveLength(82);
    },
  );

  test.runIf(lack === undefined)(
    'a named run refuses to go on with other inputs, or with more or fewer of them',
    async () => {
      await startWorkerForTest(database.url);
      const begin = async (): Promise<void> => {
        const stop = new AbortController();
        const abort = ({ done }: { done: number }): void => void (done >= 8 && stop.abort(new Error('enough')));
        const run = map(orders(40), { batch: 4, ahead: 2, name: 'other', signal: stop.signal, onProgress: abort });
        await expect(run).rejects.toThrow('enough');
      };
      await begin();
      await expect(map(orders(40).toReversed(), { batch: 4, name: 'other' })).rejects.toThrow(/other inputs from 0 on/);
      await expect(map(orders(4), { batch: 4, name: 'other' })).rejects.toThrow(/more than 4 inputs/);
      expect((await map(orders(40), { name: 'other' })).results).toEqual(tripled(40));
    },
  );

  test.runIf(lack === undefined)(
    'an abort ends a run whose workers are not there, or whose inputs never come',
    async () => {
      const stop = new AbortController();
      const waiting = map(orders(4), { signal: stop.signal });
      const never = map(slowly(orders(1), 60_000), { signal: stop.signal });
      setTimeout(() => stop.abort(new Error('enough')), 300);
      const start = performance.now();
      expect((await Promise.allSettled([waiting, never])).map(({ status }) => status)).toEqual([
        'rejected',
        'rejected',
      ]);
      expect(performance.now() - start).toBeLessThan(5_000);
    },
  );

  test.runIf(lack === undefined)('an error of the inputs is that of the run', async () => {
    function* broken(): Generator<Order> {
      yield { n: 1 };
      throw new Error('no more of them');
    }
    await expect(map(broken())).rejects.toThrow('no more of them');
  });

  test.runIf(lack === undefined)(
    'automatic batches: cheap inputs share a job, and each lane has four jobs or more',
    async () => {
      await startWorkerForTest(database.url, { lanes: 2 });
      const jobs = async (inputs: readonly Order[]): Promise<number[]> => {
        const sizes: number[] = [];
        const add = Queue.prototype.addBulk;
        Queue.prototype.addBulk = function (this: Queue, all) {
          for (const { data } of all) sizes.push((data as { inputs: unknown[] }).inputs.length);
          return add.call(this, all);
        };
        try {
          expect((await map(inputs)).results).toEqual(tripled(inputs.length));
        } finally {
          Queue.prototype.addBulk = add;
        }
        return sizes;
      };
      const cheap = await jobs(orders(4_000));
      expect(cheap.length).toBeLessThan(400);
      expect(Math.max(...cheap)).toBeGreaterThan(50);
      expect(Math.max(...cheap)).toBeLessThanOrEqual(500);
      const costly = await jobs(orders(24, () => ({ wait: 150 })));
      expect(Math.max(...costly)).toBeLessThanOrEqual(2);
    },
  );
});
