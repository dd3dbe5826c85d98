// The settings that every package's vitest.config.ts takes: what is measured shares the machine with nothing.

import type { ViteUserConfig } from 'vitest/config';
import { reportTo } from './test-report.ts';

const CLAIMS = 'test/claims.test.ts';

const shared = {
  testTimeout: 30_000,
  // On a machine that stands still for a moment, what waits for another process may give up. A test that passes when it
  // is repeated is named by CI; a claim is never repeated by the runner, it has rules of its own.
  retry: 1,
  // What a hook opens is a server, a browser or a database, on a machine that may be busy.
  hookTimeout: 60_000,
};

// CI prints from there what failed; `results/` is ignored by git.
const reporters: NonNullable<ViteUserConfig['test']>['reporters'] = ['default', reportTo('results/tests.json')];

/** One file after another, for a package most of whose tests measure. */
export const measured: ViteUserConfig = {
  test: { ...shared, include: ['test/**/*.test.ts'], fileParallelism: false, reporters },
};

/** Two files at a time, and when all of them are through, the claims alone. */
export const measuredAfter: ViteUserConfig = {
  test: {
    reporters,
    projects: [
      {
        test: {
          ...shared,
          name: 'behaviour',
          include: ['test/**/*.test.ts'],
          exclude: [CLAIMS],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: { ...shared, retry: 0, name: 'claims', include: [CLAIMS], maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
};
