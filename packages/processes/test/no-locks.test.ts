import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLock, FileLock } from '../src/file-lock/recipe.ts';
import { openRace } from '../src/no-locks/proof/race.ts';
import { createCounter, openDatabase, readCounter } from '../src/no-locks/recipe.ts';
import type { Way } from '../src/no-locks/recipe.ts';

const race = openRace(4);
afterAll(() => race.close());

test.each(['own memory', 'append', 'lock file', 'transaction'] as const)(
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

test.each(['lock file', 'transaction'] as const)(
  'a process that is killed inside a %s stops nobody, and what it had not finished does not count',
  async (way) => {
    for (let round = 0; round < 3; round++) {
      expect(await race.run(way, 20, { victim: true })).toMatchObject({ counted: 80, expected: 80 });
    }
  },
);

describe('a holder', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'no-locks-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function hold(way: Way) {
    createCounter(way, folder);
    const url = new URL('../src/no-locks/proof/holder-child.ts', import.meta.url);
    const child = fork(url, [way, folder], { execArgv: [] });
    await once(child, 'message');
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
    return { child, kill };
  }

  test('that is alive keeps its lock file: who waits is told who has it, once the time is over', async () => {
    const { child, kill } = await hold('lock file');
    const lock = new FileLock(path.join(folder, 'lock'));
    expect(() => lock.acquire(50)).toThrow(
      `Expected the lock to be free within 50 ms, process ${child.pid} still holds it`,
    );
    await kill();
    expect(lock.acquire(50), 'the dead one, from whom it is taken').toBe(child.pid);
    lock.release();
    expect(lock.acquire(50), 'nobody').toBe(undefined);
    lock.close();
  });

  test('that is alive keeps its transaction; when it is killed its change is undone', async () => {
    const { kill } = await hold('transaction');
    const impatient = openDatabase(folder);
    impatient.exec('PRAGMA busy_timeout = 20');
    expect(() => impatient.exec('BEGIN IMMEDIATE')).toThrow('database is locked');
    await kill();
    impatient.exec('BEGIN IMMEDIATE; COMMIT');
    impatient.close();
    expect(readCounter('transaction', folder)).toBe(0);
  });
});

describe('a lock file', () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'no-locks-')), 'lock');
  createLock(folder);
  afterAll(() => rmSync(path.dirname(folder), { recursive: true }));

  test('does not fill its folder', () => {
    const lock = new FileLock(folder);
    for (let turn = 0; turn < 30; turn++) {
      lock.acquire();
      lock.release();
    }
    lock.close();
    expect(readdirSync(folder).toSorted()).toEqual(['29', '30']);
  });

  test('is given back by its holder only, and by close()', () => {
    const [one, other] = [new FileLock(folder), new FileLock(folder)];
    one.acquire();
    expect(() => other.release()).toThrow('Expected the lock to be held by this process, it is not');
    one.close();
    other.acquire(0);
    other.close();
  });
});
