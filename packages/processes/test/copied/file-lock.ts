import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLock, FileLock } from '../../src/file-lock/recipe.ts';

// This file is both the program and the two processes that count in one file.
const folder = process.argv[2] ?? mkdtempSync(path.join(tmpdir(), 'count-'));
const file = path.join(folder, 'counter');
if (process.argv[2] === undefined) {
  createLock(path.join(folder, 'lock'));
  writeFileSync(file, '0');
  await Promise.all([1, 2].map(() => once(fork(import.meta.filename, [folder]), 'exit')));
  assert.equal(readFileSync(file, 'utf8'), '100');
  rmSync(folder, { recursive: true });
  console.log('Two processes counted to 100 in one file, and no count was lost.');
} else {
  const lock = new FileLock(path.join(folder, 'lock'));
  for (let n = 0; n < 50; n++) {
    lock.withLock(() => writeFileSync(file, String(Number(readFileSync(file, 'utf8')) + 1)));
  }
  lock.close();
}
