// What the tests of every package came to: each failure with its reason, then one plain line for all of them:
// 'N passed, N failed, N skipped'.

import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestReport } from '@cookbook/lab/testing';

const root = fileURLToPath(new URL('../', import.meta.url));
const totals = { passed: 0, failed: 0, skipped: 0 };

for (const folder of globSync('packages/*', { cwd: root }).toSorted()) {
  for (const { passed, failures, repeated, skipped } of projectsOf(folder).map((name) => reportOf(folder, name))) {
    totals.passed += passed;
    totals.failed += failures.length;
    totals.skipped += skipped;
    for (const failure of failures) tell('FAILED', folder, failure);
    for (const failure of repeated) tell('PASSED ONLY WHEN REPEATED', folder, failure);
  }
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);

/** The names of a package's `test:NAME` scripts. */
function projectsOf(folder: string): string[] {
  const { scripts = {} } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>;
  };
  return Object.keys(scripts).flatMap((script) => (script.startsWith('test:') ? [script.slice('test:'.length)] : []));
}

function reportOf(folder: string, project: string): TestReport {
  const file = path.join(root, folder, `results/tests-${project}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as TestReport;
  const failures = [{ at: `test:${project}`, reason: 'its tests did not run to their end' }];
  return { passed: 0, skipped: 0, failures, repeated: [] };
}

function tell(what: string, folder: string, { at, reason }: TestReport['failures'][number]): void {
  console.log(`${what} ${folder}/${at}\n    ${reason.split('\n').slice(0, 20).join('\n    ')}\n`);
}
