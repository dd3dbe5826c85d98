import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isAlive } from '../src/file-lock/alive.ts';
import { forkForTest } from '../../lab/test/ends-with-test.ts';
import { PLACE } from '../src/file-lock/proof/rounds.ts';
import { createLock, FileLock } from '../src/file-lock/recipe.ts';
import { freeTurn } from '../src/file-lock/turns.ts';
import { openRace } from '../src/proof/count-race.ts';

const race = openRace(PLACE);
afterAll(() => race.close());

test('4 processes that count in one file under the lock lose nothing', async () => {
  for (let round = 0; round < 3; round++) {
    expect(await race.run('lock file', 50)).toMatchObject({ counted: 200, expected: 200 });
  }
});

test('a holder that is killed stops no other, and nothing is lost', async () => {
  for (let round = 0; round < 3; round++) {
    expect(await race.run('lock file', 20, { victim: true })).toMatchObject({ counted: 80, expected: 80 });
  }
});

test('a holder that is alive keeps its lock: the error names it, once the time is over', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'file-lock-'));
  PLACE.create('lock file', folder);
  const holder = forkForTest(PLACE.holder, ['lock file', folder]);
  await once(holder, 'message');
  const lock = new FileLock(path.join(folder, 'lock'));
  expect(() => lock.acquire(50)).toThrow(
    `Expected the lock to be free within 50 ms, process ${holder.pid} still holds it`,
  );
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(lock.acquire(50), 'the dead process that it is taken from').toBe(holder.pid);
  lock.release();
  expect(lock.acquire(50), 'none').toBe(undefined);
  lock.close();
  rmSync(folder, { recursive: true });
});

test('a holder that is killed by the very thread that waits for the lock, and so is a zombie, is taken for dead', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'file-lock-'));
  PLACE.create('lock file', folder);
  const holder = forkForTest(PLACE.holder, ['lock file', folder]);
  await once(holder, 'message');
  expect(isAlive(holder.pid!)).toBe(true);
  const exited = once(holder, 'exit');
  holder.kill('SIGKILL');
  const lock = new FileLock(path.join(folder, 'lock'));
  expect(lock.acquire(), 'the dead process, though this thread has not taken note of its end').toBe(holder.pid);
  lock.close();
  await exited;
  rmSync(folder, { recursive: true });
});

describe('a lock file', () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'file-lock-')), 'lock');
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

  test('is given back though Windows refuses to replace a file that another process reads', () => {
    let refused = 0;
    const rename = (from: string, to: string): void => {
      if (refused++ < 3) throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
      renameSync(from, to);
    };
    freeTurn(folder, 1_000, path.join(folder, 'pid-1-free'), rename);
    expect(readFileSync(path.join(folder, '1000'), 'utf8')).toBe('free');
    const never = (): never => {
      throw Object.assign(new Error('read-only'), { code: 'EROFS' });
    };
    expect(() => freeTurn(folder, 1_000, path.join(folder, 'pid-1-free'), never)).toThrow('read-only');
    rmSync(path.join(folder, 'pid-1-free'));
    rmSync(path.join(folder, '1000'));
  });

  test('is given back by its holder only, and by close()', () => {
    const [one, other] = [new FileLock(folder), new FileLock(folder)];
    one.acquire();
    expect(() => other.release()).toThrow('Expected the lock to be held by this process, it is not');
    one.close();
    other.acquire(0);
    other.close();
  });

  test('is given back by withLock also when the work throws, whose error passes through', () => {
    const [one, other] = [new FileLock(folder), new FileLock(folder)];
    const failing = (): never => {
      throw new RangeError('half done');
    };
    expect(() => one.withLock(failing)).toThrow(new RangeError('half done'));
    expect(other.withLock((from) => `taken from ${from}`, 0)).toBe('taken from undefined');
    one.close();
    other.close();
  });

  test('is refused to work that is async: it would go on without the lock', () => {
    const lock = new FileLock(folder);
    let begun = false;
    // @ts-expect-error: the type refuses it too
    expect(() => lock.withLock(async () => void (begun = true))).toThrow(
      'Expected `work` to be synchronous, got an async function',
    );
    expect(begun).toBe(false);
    lock.close();
  });
});
