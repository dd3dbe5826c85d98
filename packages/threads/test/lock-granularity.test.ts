import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tableLanes } from '../src/lock-granularity/proof/table-lanes.ts';
import type { TableOptions } from '../src/lock-granularity/proof/table-lanes.ts';
import { LockedTable } from '../src/lock-granularity/recipe.ts';
import { within } from '@cookbook/lab/race';

const unit = { kernel: 'primes', repeats: 40 } as const;

async function mostAtOnce(grain: 'table' | 'row' | 'group', options: TableOptions = {}, threads = 2): Promise<number> {
  const lanes = tableLanes(threads, grain, options);
  try {
    for (let round = 0; round < 4; round++) {
      await within(lanes.run(Array.from({ length: threads }, () => unit)), 20_000, 'the updates');
    }
    return lanes.mostAtOnce();
  } finally {
    await lanes.close();
  }
}

test('with one lock for the table one thread is at work at a time', async () => {
  expect(await mostAtOnce('table')).toBe(1);
});

test.each([
  ['row', 2],
  ['group', 2],
  ['group', 16],
] as const)('with a lock a %s %i threads are at work at once', async (grain, threads) => {
  expect(await mostAtOnce(grain, { meetingMs: 5_000 }, threads)).toBe(threads);
});

test('where all want the same row, a lock a row lets in one at a time', async () => {
  expect(await mostAtOnce('row', { only: 3 })).toBe(1);
});

test.each(['table', 'row', 'group'] as const)(
  'any updates under a lock a %s: every row ends as in a plain array',
  (grain) => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 40 })
          .chain((rows) =>
            fc.record({ rows: fc.constant(rows), updates: fc.array(fc.nat(rows - 1), { maxLength: 50 }) }),
          ),
        ({ rows, updates }) => {
          const memory = LockedTable.memory(rows, grain);
          const table = new LockedTable(memory, rows, grain);
          const model = Array<number>(rows).fill(0);
          for (const [n, row] of updates.entries()) {
            table.update(row, (value) => value + n);
            model[row]! += n;
          }
          expect([...memory.subarray(0, rows)]).toEqual(model);
          expect(table.sum).toBe(model.reduce((sum, value) => sum + value, 0));
          expect(
            [...memory.subarray(rows)].every((lock) => lock === 0),
            'every lock is free',
          ).toBe(true);
        },
      ),
    );
  },
);

test('rows that are not there, and the memory of another table, are refused', () => {
  expect(() => LockedTable.memory(0, 'row')).toThrow('Expected `rows` to be an integer from 1 up, got 0');
  const table = new LockedTable(LockedTable.memory(4, 'row'), 4, 'row');
  expect(() => table.update(4, (value) => value)).toThrow('Expected `row` to be an integer from 0 to 3, got 4');
  expect(() => new LockedTable(LockedTable.memory(4, 'table'), 4, 'row')).toThrow(
    'Expected `memory` to be that of 4 rows with a lock a row, got 5 words',
  );
});

test('a change that throws gives the lock back', () => {
  const table = new LockedTable(LockedTable.memory(2, 'table'), 2, 'table');
  const fail = () => {
    throw new Error('the change failed');
  };
  expect(() => table.update(0, fail)).toThrow('the change failed');
  table.update(0, () => 7);
  expect(table.sum).toBe(7);
});

test('a change that returns a promise is refused, by the compiler and at run time, and the row is left as it was', () => {
  const table = new LockedTable(LockedTable.memory(2, 'row'), 2, 'row');
  table.update(0, () => 7);
  // @ts-expect-error -- a promise is no value of a row
  expect(() => table.update(0, async () => 8)).toThrow(
    'Expected the section to be done when it returns, got a promise',
  );
  expect(table.sum).toBe(7);
  table.update(0, () => 9);
  expect(table.sum).toBe(9);
});

test.each(['table', 'row', 'group'] as const)(
  'recover frees what a thread held that was killed within a change, under a lock a %s',
  async (grain) => {
    const rows = 40;
    const memory = LockedTable.memory(rows, grain);
    const table = new LockedTable(memory, rows, grain);
    table.update(21, () => 7);
    const url = new URL('./fixtures/killed-in-change.ts', import.meta.url);
    const worker = new Worker(url, { workerData: { memory, rows, grain, row: 21 }, execArgv: [] });
    const { threadId } = worker; // -1 once it is gone
    try {
      await once(worker, 'message');
    } finally {
      await worker.terminate();
    }
    expect(table.recover(threadId + 1)).toEqual([]);
    const held = table.recover(threadId);
    expect(held).toContain(21);
    expect(held).toHaveLength({ table: rows, row: 1, group: 3 }[grain]);
    table.update(21, (value) => value + 1);
    expect(table.sum).toBe(8);
    expect(table.recover(threadId)).toEqual([]);
  },
);
