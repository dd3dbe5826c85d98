import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillPeople } from '../src/batching/proof/loads.ts';
import { batching, loadMany, loadOne } from '../src/batching/recipe.ts';
import { openPool, openPostgres, postgresLack } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';

/** Doubles each key; keeps what it was asked for. */
function doubling(most?: number) {
  const asked: number[][] = [];
  const load = batching(async (keys: readonly number[]) => {
    asked.push([...keys]);
    await sleep(1);
    return keys.map((key) => 2 * key);
  }, most);
  return { asked, load };
}

test('any keys, in any number of turns: each asker gets its own answer, and no batch is larger than it may be', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(20), { maxLength: 30 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 7 }),
      async (turns, most) => {
        const { asked, load } = doubling(most);
        const answers: Promise<number>[] = [];
        for (const keys of turns) {
          answers.push(...keys.map((key) => load(key)));
          await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
        }
        expect(await Promise.all(answers)).toEqual(turns.flat().map((key) => 2 * key));
        for (const batch of asked) expect(batch.length).toBeLessThanOrEqual(most);
      },
    ),
    { numRuns: 50 },
  );
});

test('what is asked for after an await in the same turn is in the same batch; the next turn has another', async () => {
  const { asked, load } = doubling();
  const late = async (key: number): Promise<number> => {
    await Promise.resolve();
    return load(key);
  };
  await Promise.all([load(1), late(2), load(3), load(1)]);
  await load(1);
  expect(asked).toEqual([[1, 3, 2], [1]]);
});

test('an error at the place of a key rejects its askers alone; a load that rejects or throws rejects its batch', async () => {
  const load = batching(async (keys: readonly string[]) => {
    if (keys.includes('all')) throw new Error('all of them');
    return keys.map((key) => (key === 'one' ? new Error('this one') : key));
  });
  const outcomes = await Promise.allSettled(['a', 'one', 'b', 'one'].map((key) => load(key)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  const both = await Promise.allSettled(['a', 'all'].map((key) => load(key)));
  expect(both.map((one) => (one as PromiseRejectedResult).reason.message)).toEqual(['all of them', 'all of them']);
  expect(await load('a')).toBe('a');
});

test('a load that answers too few is an error, and not a promise that is never settled', async () => {
  const load = batching(async (keys: readonly number[]) => keys.slice(1));
  await expect(Promise.all([load(1), load(2)])).rejects.toThrow('Expected 2 answers, one for each key, got 1');
});

test.each([0, 1.5, NaN])('batches of at most %d are refused', (most) => {
  expect(() => batching(async () => [], most)).toThrow(`Expected \`most\` to be an integer from 1 up, got ${most}`);
});

describe.runIf(postgresLack('') === undefined)('on a PostgreSQL', () => {
  let postgres: Postgres;
  let pool: Pool;
  beforeAll(async () => {
    postgres = await openPostgres({ databaseUrl: '' });
    pool = await openPool(postgres.connection, 2);
    await fillPeople(pool, 50);
  });
  afterAll(async () => {
    await pool?.end();
    await postgres?.close();
  });

  test('many people have the places of their ids, a missing one an error at its place', async () => {
    const people = await loadMany(pool, [49, 77, 0, 12]);
    expect(people.map((one) => ('id' in one ? one.name : one.message))).toEqual([
      'person 49',
      'Expected a person with id 77, found none',
      'person 0',
      'person 12',
    ]);
    expect(await loadOne(pool, 12)).toEqual(people[3]);
    await expect(loadOne(pool, 77)).rejects.toThrow('Expected a person with id 77, found none');
  });
});
