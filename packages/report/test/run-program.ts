// Running the command on a project of the tests, and looking at what it leaves.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { endWithTest, TIED } from '../../lab/test/ends-with-test.ts';
import { parseResults } from '../src/results/read.ts';
import type { Results } from '../src/results/format.ts';

const main = fileURLToPath(new URL('./fixtures/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the command on a project, in a process group of its own; results go to `folder`. */
export function start(project: string, folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, [...TIED, main, ...args], {
    detached: true,
    env: { ...process.env, CLAIMS_STRICT: '0', ...env, FIXTURE: project, RESULTS: folder },
  });
  endWithTest(child, { group: true });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }));
  return { child, ended };
}

export function runToEnd(...args: Parameters<typeof start>): Promise<Ended> {
  return start(...args).ended;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'report-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The only result in a folder. */
export function onlyResults(folder: string): Results {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (names.length !== 1) throw new Error(`Expected one result, got ${names.join(', ') || 'none'}`);
  return parseResults(names[0]!, readFileSync(path.join(folder, names[0]!), 'utf8'));
}

/** The text of a file once it matches; waits for up to 20 s. */
export async function textOf(file: string, pattern: RegExp): Promise<string> {
  let text = '';
  for (let tries = 0; tries < 400; tries++) {
    try {
      text = readFileSync(file, 'utf8');
      if (pattern.test(text)) return text;
    } catch {
      // not there yet
    }
    await sleep(50);
  }
  throw new Error(`Expected text like ${pattern}, got '${text}'`);
}
