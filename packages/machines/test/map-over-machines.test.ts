import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPostgres, postgresLack, urlOf } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';
import { freshName } from '../src/proof/database.ts';
import { map, startWorker } from '../src/map-over-machines/recipe.ts';

const task = new URL('./fixtures/batch-task.ts', import.meta.url);

describe.runIf(postgresLack('') === undefined)('a map over machines', () => {
  let postgres: Postgres;
  let url: string;
  beforeAll(async () => {
    postgres = await openPostgres({ databaseUrl: '' });
    url = urlOf(postgres.connection);
  });
  afterAll(() => postgres?.close());

  function worker(name: string, lanes = 1): void {
    const started = startWorker(url, name, task, { lanes });
    onTestFinished(() => started.close());
  }

  test('has its results in the order of the inputs, whichever worker was first', async () => {
    const name = freshName('order');
    worker(name);
    worker(name);
    const inputs = Array.from({ length: 60 }, (_, n) => ({ n, wait: (n * 7) % 30 }));
    const outputs = await map<{ n: number; pid: number }>(url, name, inputs, 3);
    expect(outputs.map(({ n }) => n)).toEqual(inputs.map(({ n }) => n));
    expect(new Set(outputs.map(({ pid }) => pid)).size).toBe(2);
  });

  test('runs as many batches at once as there are lanes, each in a process of its own', async () => {
    const name = freshName('lanes');
    worker(name, 3);
    const inputs = Array.from({ length: 12 }, (_, n) => ({ n, wait: 50 }));
    const outputs = await map<{ pid: number }>(url, name, inputs, 1);
    expect(new Set(outputs.map(({ pid }) => pid)).size).toBe(3);
  });

  test('rejects with the words of a batch that failed, and leaves no job', async () => {
    const name = freshName('failed');
    worker(name);
    const failing = map<unknown>(url, name, [{ n: 1 }, { n: 2, fails: true }, { n: 3 }], 1);
    await expect(failing).rejects.toThrow('cannot do 2');
    expect(await map<{ n: number }>(url, name, [{ n: 4 }], 1)).toMatchObject([{ n: 4 }]);
  });

  test('of nothing is nothing', async () => {
    expect(await map(url, freshName('nothing'), [], 10)).toEqual([]);
  });
});
