// Nothing that a chapter starts outlives it: not when it is interrupted, not when it is killed.

import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findPythons } from '../../src/python/python.ts';
import { isLeftBehind, start } from '../run-program.ts';
import type { Running } from '../run-program.ts';

const chapter = new URL('../fixtures/chapter.ts', import.meta.url);
const posix = process.platform !== 'win32';

/** The fixture is busy with a thread, a process and, where there is one, a Python with a child of its own. */
async function startEndless(): Promise<Pick<Running, 'child' | 'ended'> & { pids: number[] }> {
  const { child, ended, output } = start(chapter, ['endless']);
  const pid = Number(/started (\d+)/.exec(await output(/started \d+/))![1]);
  const pythons = (await findPythons()).found.length > 0 ? await pythonPids(child.pid!) : [];
  return { child, ended, pids: [pid, ...pythons] };
}

/** The Python that a process started leads a group of its own, and has a child: both are found by their parents. */
async function pythonPids(parent: number): Promise<number[]> {
  for (let tries = 0; tries < 60; tries++) {
    const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,ppid=,command=']);
    const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/));
    const own = rows.filter(([, ppid, ...words]) => Number(ppid) === parent && words.join(' ').includes('endless.py'));
    const children = rows.filter(([, ppid]) => own.some(([pid]) => pid === ppid));
    if (children.length > 0) return [...own, ...children].map(([pid]) => Number(pid));
    await sleep(50);
  }
  throw new Error('Expected a Python with a child, found none');
}

describe.runIf(posix)('a busy chapter', () => {
  test.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once on %s with status %i and leaves no process', async (signal, status) => {
    const { child, ended, pids } = await startEndless();
    const sent = performance.now();
    child.kill(signal);
    expect(await ended).toMatchObject({ code: status });
    expect(performance.now() - sent).toBeLessThan(2_000);
    for (const pid of pids) expect(await isLeftBehind(pid), `process ${pid} is left`).toBe(false);
  });

  test('leaves no orphan when it is killed by SIGKILL', async () => {
    const { child, ended, pids } = await startEndless();
    child.kill('SIGKILL');
    expect(await ended).toMatchObject({ signal: 'SIGKILL' });
    for (const pid of pids) expect(await isLeftBehind(pid), `process ${pid} is left`).toBe(false);
  });
});
