// The verdicts under limits that a host may set. Skipped where none can be set: `pnpm cgroups` says why.

import { expect, test } from 'vitest';
import { whyNoGroups } from '../../src/cgroups/group.ts';
import type { Said } from '../../src/cgroups/judge-child.ts';
import { runIn, SETTINGS } from '../../src/cgroups/setting.ts';

const JUDGE = new URL('../../src/cgroups/judge-child.ts', import.meta.url);

test.skipIf(whyNoGroups() !== undefined).each(SETTINGS.filter(({ quota, cores }) => quota === 0.5 || cores === 1))(
  'under $name no verdict is false, and the lab knows of the limit',
  { timeout: 120_000 },
  async (setting) => {
    const jobs = ['worker threads', 'half of it under a mutex'];
    const { stdout, stderr } = await runIn(setting, JUDGE, jobs, AbortSignal.timeout(110_000));
    expect(stderr).toBe('');
    const said = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Said);
    expect(said.map(({ job }) => job)).toEqual(jobs);
    for (const { job, parallel, answer, verdict, cores, quota } of said) {
      expect(answer, job).not.toBe(parallel ? 'no' : 'yes');
      expect(verdict, 'lanes on one core were not seen side by side').not.toBe('holds');
      expect({ cores, quota }).toEqual({ cores: 1, quota: setting.quota });
    }
  },
);
