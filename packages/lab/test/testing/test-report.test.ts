import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withFolder } from '../../src/cleanup/folder.ts';
import type { TestReport } from '../../src/testing/test-report.ts';

const vitest = fileURLToPath(new URL('../vitest.mjs', import.meta.resolve('vitest')));
const fixture = fileURLToPath(new URL('../fixtures/failing', import.meta.url));

test('a report has tests, hooks, files and errors that no test awaited', async () => {
  await withFolder('cookbook-report', async (folder) => {
    const reports = path.join(folder, 'results');
    const env = { ...process.env, REPORTS: reports };
    const { status } = spawnSync(process.execPath, [vitest, 'run', '--root', fixture], { env });
    expect(status).toBe(1);

    const { passed, skipped, failures, repeated } = JSON.parse(
      await readFile(path.join(reports, 'tests-all.json'), 'utf8'),
    ) as TestReport;
    expect({ passed, skipped }).toEqual({ passed: 3, skipped: 2 });
    expect(repeated).toEqual([
      { at: 'outcomes.ts > passes the second time', reason: expect.stringMatching(/^not yet\nat .*outcomes\.ts:\d+$/) },
    ]);
    const reported = failures.map(({ at, reason }) => `${at}: ${reason.split('\n')[0]}`);
    expect(reported.toSorted()).toEqual([
      'an error that no test awaited: nobody awaited this',
      'outcomes.ts > a group: the hook threw',
      'outcomes.ts > fails in a property: Property failed',
      'outcomes.ts > fails: one: expected 1 to be 2 // Object.is equality',
      'outcomes.ts > is too slow: Test timed out in 50ms.',
      'unloadable.ts: this file does not load',
    ]);
    expect(failures.find(({ at }) => at.endsWith('a property'))?.reason).toContain('caused by: for a reason\n');
    expect(
      failures.every(({ reason }) => /\n.*at .*\.ts:\d+/s.test(reason)),
      'each says where',
    ).toBe(true);
  });
});
