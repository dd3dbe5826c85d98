// The settings that every package's vitest.config.ts takes: measured tests share the machine with nothing.

import type { ViteUserConfig } from 'vitest/config';
import { reportTo } from './test-report.ts';

export const measured: ViteUserConfig = {
  test: {
    include: ['test/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 30_000,
    // What a hook opens is a server, a browser or a database, on a machine that may be busy.
    hookTimeout: 60_000,
    // CI tells from there what failed; `results/` is ignored by git.
    reporters: ['default', reportTo('results/tests.json')],
  },
};
