import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCounter, openCounter, readCounter } from '../../src/no-locks/recipe.ts';

// This file is both the program and the two processes that count.
const folder = process.argv[2] ?? mkdtempSync(path.join(tmpdir(), 'count-'));
if (process.argv[2] === undefined) {
  createCounter('transaction', folder);
  await Promise.all([1, 2].map(() => once(fork(import.meta.filename, [folder]), 'exit')));
  assert.equal(readCounter('transaction', folder), 200);
  rmSync(folder, { recursive: true });
  console.log('Two processes counted to 200 in transactions, and no count was lost.');
} else {
  const { count, close } = openCounter('transaction', folder);
  for (let n = 0; n < 100; n++) count();
  close();
}
