// Adds up what the test runner wrote of every package, in one plain line: 'N passed, N failed, N skipped'.

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const totals = { passed: 0, failed: 0, skipped: 0 };

for (const file of globSync('packages/*/results/tests.json', { cwd: root })) {
  const report = JSON.parse(readFileSync(`${root}/${file}`, 'utf8')) as Record<string, number>;
  totals.passed += report['numPassedTests'] ?? 0;
  totals.failed += (report['numFailedTests'] ?? 0) + (report['numRuntimeErrorTestSuites'] ?? 0);
  totals.skipped += report['numPendingTests'] ?? 0;
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
