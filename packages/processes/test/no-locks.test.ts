import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { forkForTest } from '../../lab/test/ends-with-test.ts';
import { PLACE } from '../src/no-locks/proof/rounds.ts';
import { createCounter, openCounter, openDatabase, readCounter } from '../src/no-locks/recipe.ts';
import { openRace } from '../src/proof/count-race.ts';

const race = openRace(PLACE);
afterAll(() => race.close());

test.each(['own memory', 'append', 'transaction'] as const)(
  '4 processes that count by %s lose nothing',
  async (way) => {
    for (let round = 0; round < 3; round++) {
      expect(await race.run(way, 50)).toMatchObject({ counted: 200, expected: 200 });
    }
  },
);

test('4 processes that count in one file without a lock lose updates in some of 5 rounds', async () => {
  const results = [];
  for (let round = 0; round < 5; round++) results.push(await race.run('file', 200));
  expect(results.some(({ counted, expected }) => counted < expected)).toBe(true);
});

test('a process that is killed inside a transaction stops no other, and what it had not finished does not count', async () => {
  for (let round = 0; round < 3; round++) {
    expect(await race.run('transaction', 20, { victim: true })).toMatchObject({ counted: 80, expected: 80 });
  }
});

test('a holder that is alive keeps its transaction; when it is killed its change is undone', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'no-locks-'));
  createCounter('transaction', folder);
  const holder = forkForTest(PLACE.holder, ['transaction', folder]);
  await once(holder, 'message');
  const other = openDatabase(folder);
  other.exec('PRAGMA busy_timeout = 20');
  expect(() => other.exec('BEGIN IMMEDIATE')).toThrow('database is locked');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  other.exec('BEGIN IMMEDIATE; COMMIT');
  other.close();
  expect(readCounter('transaction', folder)).toBe(0);
  rmSync(folder, { recursive: true });
});

test('a count that fails leaves no transaction open: others go on, and so does it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'no-locks-'));
  createCounter('transaction', folder);
  const other = openDatabase(folder);
  other.exec(`
    PRAGMA busy_timeout = 20;
    CREATE TRIGGER full BEFORE UPDATE ON counter WHEN NEW.value = 2 BEGIN SELECT RAISE(ABORT, 'no more'); END`);
  const { count, close } = openCounter('transaction', folder);
  count();
  expect(() => count()).toThrow('no more');
  other.exec('DROP TRIGGER full'); // takes the lock
  other.exec(`CREATE TRIGGER full BEFORE UPDATE ON counter BEGIN SELECT RAISE(ROLLBACK, 'undone'); END`);
  expect(() => count(), 'the database ended the transaction by itself').toThrow('undone');
  other.exec('DROP TRIGGER full');
  count();
  close();
  other.close();
  expect(readCounter('transaction', folder)).toBe(2);
  rmSync(folder, { recursive: true });
});
