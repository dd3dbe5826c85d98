import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { oneOnMachine, repeat } from '../../src/no-overlap/recipe.ts';

// This file is both the program and the two processes that repeat work.
const folder = process.argv[2] ?? mkdtempSync(path.join(tmpdir(), 'repeat-'));
const record = path.join(folder, 'record');
if (process.argv[2] === undefined) {
  await Promise.all([1, 2].map(() => once(fork(import.meta.filename, [folder]), 'exit')));
  assert.match(readFileSync(record, 'utf8'), /^(begin\nend\n)+$/);
  rmSync(folder, { recursive: true });
  console.log('Two processes repeated work, and each run ended before the next began.');
} else {
  const gate = oneOnMachine(path.join(folder, 'lock'));
  const work = async (): Promise<void> => {
    appendFileSync(record, 'begin\n');
    await sleep(50);
    appendFileSync(record, 'end\n');
  };
  await repeat(20, gate, work, { signal: AbortSignal.timeout(500) });
  gate.close();
}
