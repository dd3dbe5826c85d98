// Processes that are late by some turns: each step of theirs is held back here, and others take turns meanwhile. They are
// locks of one process, which the folder does not know from locks of several.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type * as Fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLock, FileLock } from '../src/file-lock/recipe.ts';

type Step = 'readdirSync' | 'readFileSync' | 'linkSync' | 'existsSync';

const real = await vi.importActual<typeof Fs>('node:fs');
/** Is called before a step of any lock; returns true where it has done the step itself. */
let before: (step: Step, args: readonly unknown[]) => boolean | void;

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  const held = <N extends Step>(step: N) =>
    ((...args: never[]) =>
      before(step, args) ? undefined : (fs[step] as (...all: never[]) => unknown)(...args)) as (typeof Fs)[N];
  return {
    ...fs,
    readdirSync: held('readdirSync'),
    readFileSync: held('readFileSync'),
    linkSync: held('linkSync'),
    existsSync: held('existsSync'),
  };
});

let folder: string;
let locks: FileLock[];
beforeEach(() => {
  before = () => {};
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'file-lock-')), 'lock');
  createLock(folder);
  locks = Array.from({ length: 3 }, () => new FileLock(folder));
});
afterEach(() => {
  before = () => {};
  for (const lock of locks) lock.close();
  rmSync(path.dirname(folder), { recursive: true });
});

/** Tries to take so many turns in a row, and keeps the last one. */
function attempt(lock: FileLock, turns = 1): 'held' | 'refused' {
  try {
    for (let turn = 1; turn <= turns; turn++) {
      lock.acquire(5);
      if (turn < turns) lock.release();
    }
    return 'held';
  } catch (error) {
    if (!(error as Error).message.endsWith('still holds it')) throw error;
    return 'refused';
  }
}

const turnsIn = (): string[] =>
  readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .toSorted();

test('two late processes that take neighbouring turns do not hold the lock beside the one that does', () => {
  const [holder, first, second] = locks as [FileLock, FileLock, FileLock];
  const links: string[] = [];
  let results: unknown;
  // The first is about to take turn 1, and the second turn 2, when the holder is at turn 6. The turn of the first is there
  // while the second looks back at it.
  before = (step, args) => {
    if (step !== 'linkSync' || links.push(path.basename(args[1] as string)) > 1) return;
    const firstLink = args as [string, string];
    attempt(holder);
    holder.release();
    before = (inner) => {
      if (inner !== 'linkSync') return;
      before = () => {};
      attempt(holder, 5);
      real.linkSync(...firstLink);
    };
    results = attempt(second);
    return true;
  };
  expect([attempt(first), results]).toEqual(['refused', 'refused']);
  expect(turnsIn()).toEqual(['5', '6']);
  holder.release();
  expect([attempt(first), attempt(second)], 'one of them').toEqual(['held', 'refused']);
});

test.each([1, 2, 3, 4])(
  'of a process that is late by %i turns at any step and another, one holds the lock',
  (turns) => {
    let steps = Infinity;
    for (let at = 0; at < steps; at++) {
      const [other, late] = [new FileLock(folder), new FileLock(folder)];
      const results: string[] = [];
      let step = 0;
      before = () => {
        if (step++ !== at) return;
        before = () => {};
        results.push(attempt(other, turns));
      };
      results.push(attempt(late));
      before = () => {};
      if (step <= at) steps = at; // it has no more of them
      expect(results.filter((result) => result === 'held').length, `held back at step ${at}`).toBe(1);
      other.close();
      late.close();
    }
    expect(steps).toBeGreaterThan(3);
  },
);
