// The settings that every package's vitest.config.ts takes: measured tests share the machine with nothing.

import type { ViteUserConfig } from 'vitest/config';

export const measured: ViteUserConfig = {
  test: {
    include: ['test/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 30_000,
    // The counts are read from there by CI; `results/` is ignored by git.
    reporters: ['default', ['json', { outputFile: 'results/tests.json' }]],
  },
};
