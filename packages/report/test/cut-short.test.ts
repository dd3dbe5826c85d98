// Runs that are cut short keep what they have, leave nothing behind, and can be gone on with.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { goneAfter } from '@cookbook/lab/host';
import { describe, expect, onTestFinished, test } from 'vitest';
import { missingIds } from '../src/results/counts.ts';
import type { Results } from '../src/results/format.ts';
import { onlyResults, runToEnd, start, temporaryFolder, textOf } from './run-program.ts';
import type { Started } from './run-program.ts';

const posix = process.platform !== 'win32';

interface Endless extends Started {
  readonly folder: string;
  readonly log: string;
  /** The chapter's process, and the one that a claim started. */
  readonly pids: readonly number[];
  /** The folder that the claim holds. */
  readonly held: string;
}

/** A run that has measured three claims and is in the middle of the fourth, which never ends. */
async function startEndless(kind: 'busy' | 'waiting'): Promise<Endless> {
  const folder = temporaryFolder();
  const log = path.join(folder, 'log');
  const started = start('endless', folder, [], { ENDLESS: kind, LOG: log });
  const [, chapter, child, held] = /started (\d+) (\d+) (.+)/.exec(await textOf(log, /started .+\n/))!;
  onTestFinished(() => rmSync(held!, { recursive: true, force: true })); // nobody puts it away after a SIGKILL
  return { ...started, folder, log, pids: [Number(chapter), Number(child)], held: held! };
}

function idsOf({ claims }: Results): string[] {
  return claims.map(({ id }) => id);
}

const FIRST_THREE = ['one/first', 'one/second', 'two/before'];

describe.runIf(posix)('a run in the middle of a claim', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once on %s with status %i, and says how to go on', async (signal, status) => {
    const { child, ended, folder, log, pids, held } = await startEndless('waiting');
    const sent = performance.now();
    child.kill(signal);
    const { code, stdout } = await ended;
    expect(code).toBe(status);
    expect(performance.now() - sent).toBeLessThan(10_000);
    expect(stdout).toMatch(/Cut short: 3 claims kept in \S+\.json\. Go on with: pnpm start --resume\n$/);
    for (const pid of pids) expect(await goneAfter(pid, 20_000), `process ${pid}`).toBeDefined();
    expect(existsSync(held), 'the folder of the claim').toBe(false);
    expect(readFileSync(log, 'utf8')).toContain('put away');
    expect(idsOf(onlyResults(folder))).toEqual(FIRST_THREE);
  });

  test('ends on Ctrl-C, which a terminal sends to every process of the run', async () => {
    const { child, ended, pids, held } = await startEndless('waiting');
    process.kill(-child.pid!, 'SIGINT');
    expect((await ended).code).toBe(130);
    for (const pid of pids) expect(await goneAfter(pid, 20_000), `process ${pid}`).toBeDefined();
    expect(existsSync(held)).toBe(false);
  });

  test.each(['busy', 'waiting'] as const)(
    'killed by SIGKILL leaves no process, %s or not, and keeps what it has',
    async (kind) => {
      const { child, ended, folder, pids } = await startEndless(kind);
      child.kill('SIGKILL');
      expect((await ended).signal).toBe('SIGKILL');
      for (const pid of pids) expect(await goneAfter(pid, 20_000), `process ${pid}`).toBeDefined();
      const results = onlyResults(folder);
      expect(idsOf(results)).toEqual(FIRST_THREE);
      expect(results.finished).toBeUndefined();
      expect(missingIds(results)).toEqual(['two/endless', 'two/after']);
    },
  );
});

describe.runIf(posix)('--resume', () => {
  test('measures what is missing and nothing twice, into the same file', async () => {
    const { child, ended, folder, log, pids } = await startEndless('waiting');
    child.kill('SIGKILL');
    await ended;
    for (const pid of pids) await goneAfter(pid, 20_000); // they write into the log until then
    const { started } = onlyResults(folder);
    writeFileSync(log, '');
    const { code, stderr } = await runToEnd('endless', folder, ['--resume'], { LOG: log });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(readFileSync(log, 'utf8')).toBe('two/endless\ntwo/after\n');
    const results = onlyResults(folder);
    expect(idsOf(results)).toEqual([...FIRST_THREE, 'two/endless', 'two/after']);
    expect(results.started).toBe(started);
    expect(results.finished).toBeDefined();
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('is refused in one line where the selection is another', async () => {
    const { child, ended, folder } = await startEndless('waiting');
    child.kill('SIGKILL');
    await ended;
    const { code, stderr } = await runToEnd('endless', folder, ['--resume', '--only', 'two']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^Expected --resume of what \S+\.json began with, 'pnpm start', got 'pnpm start --only two'\n$/,
    );
  });
});
