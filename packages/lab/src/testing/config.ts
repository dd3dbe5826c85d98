// The settings that every package's vitest.config.ts takes. Tests of behaviour share the machine with one another, of this
// package and of others; what measures time comes after all of them, alone: see turbo.json.

import type { ViteUserConfig } from 'vitest/config';
import { reportTo } from './test-report.ts';

const shared = {
  testTimeout: 30_000,
  // On a machine that stands still for a moment, what waits for another process may give up. A test that passes when it
  // is repeated is named by CI; a claim is never repeated by the runner, it has rules of its own.
  retry: 1,
  // What a hook opens is a server, a browser or a database, on a machine that may be busy.
  hookTimeout: 60_000,
};

/**
 * Two projects: `behaviour`, two files at a time, and then `measured`, one file after another.
 *
 * @param measured patterns of the test files that measure time: the claims unless given
 */
export function testConfig(measured: readonly string[] = ['test/claims.test.ts']): ViteUserConfig {
  return {
    test: {
      // CI prints from there what failed; `results/` is ignored by git.
      reporters: ['default', reportTo('results')],
      projects: [
        {
          test: {
            ...shared,
            name: 'behaviour',
            include: ['test/**/*.test.ts'],
            exclude: [...measured],
            maxWorkers: 2,
            sequence: { groupOrder: 1 },
          },
        },
        {
          test: {
            ...shared,
            name: 'measured',
            include: [...measured],
            fileParallelism: false,
            maxWorkers: 1,
            sequence: { groupOrder: 2 },
          },
        },
      ],
    },
  };
}
