// What a claim and its tests say of the copy as it is at the moment.

import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Qualifier, Verdict } from '@cookbook/lab/claim';
import type { JsonReport } from '@cookbook/lab/show';
import { runLimited } from './limited.ts';

/**
 * What came of it. A claim: its verdict, the qualifier of one that holds, or 'error' where it printed none. Tests: 'green' or 'red'. Both: 'hangs' where the
 * time limit ended it.
 */
export interface Observation {
  readonly word: Verdict | Qualifier | 'error' | 'green' | 'red' | 'hangs';
  /** The claim's sentence, or the tests that failed and why. */
  readonly reason: string;
  readonly seconds: number;
}

/** Where and for how long. */
export interface Bench {
  /** The copy. */
  readonly root: string;
  /** ms for a claim, and for the tests of a patch. */
  readonly limit: number;
}

/** Runs a claim by its chapter's `main.ts`. */
export async function observeClaim(id: string, { root, limit }: Bench): Promise<Observation> {
  const started = performance.now();
  const main = path.join('packages', id.slice(0, id.indexOf('/')), 'src/main.ts');
  const { stdout, stderr, hung } = await runLimited([main, id, '--json'], root, limit);
  const seconds = secondsSince(started);
  if (hung) return { word: 'hangs', reason: `no verdict within ${limit / 1_000} s`, seconds };
  const claim = parseReport(stdout)?.claims.find((each) => each.id === id);
  if (claim === undefined) return { word: 'error', reason: firstError(stderr), seconds };
  return { word: claim.qualifier ?? claim.verdict, reason: claim.headline ?? '', seconds };
}

interface TestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/**
 * Runs test files of a package, each test once and none after the first failure.
 *
 * @param tests relative to the package
 */
export async function observeTests(
  chapter: string,
  tests: readonly string[],
  { root, limit }: Bench,
): Promise<Observation> {
  const started = performance.now();
  const cwd = path.join(root, 'packages', chapter);
  const results = path.join(root, 'sabotage-tests.json');
  rmSync(results, { force: true });
  const options = ['--retry=0', '--bail=1', '--reporter=json', `--outputFile=${results}`];
  const ended = await runLimited(['node_modules/vitest/vitest.mjs', 'run', ...options, ...tests], cwd, limit);
  const seconds = secondsSince(started);
  if (ended.hung) return { word: 'hangs', reason: `no end within ${limit / 1_000} s`, seconds };
  const failures = readFailures(results);
  if (failures === undefined) return { word: 'error', reason: firstError(ended.stderr || ended.stdout), seconds };
  if (failures.length > 0) return { word: 'red', reason: failures.join('; '), seconds };
  if (ended.code === 0) return { word: 'green', reason: '', seconds };
  return { word: 'red', reason: firstError(ended.stderr), seconds }; // an error that no test awaited
}

/** Each test that failed with the first line of its message; undefined where the runner wrote nothing, or ran nothing. */
function readFailures(file: string): string[] | undefined {
  let read: TestResults;
  try {
    read = JSON.parse(readFileSync(file, 'utf8')) as TestResults;
  } catch {
    return undefined;
  }
  if (read.testResults.length === 0) return undefined;
  return read.testResults.flatMap(({ name, message, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const own = failed.map((test) => `${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
    return own.length === 0 && status === 'failed' ? [`${path.basename(name)}: ${firstLine(message)}`] : own;
  });
}

function parseReport(stdout: string): JsonReport | undefined {
  try {
    return JSON.parse(stdout) as JsonReport;
  } catch {
    return undefined;
  }
}

function firstLine(text = ''): string {
  return text.trim().split('\n')[0] ?? '';
}

/** The line of an output that says what went wrong. */
function firstError(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.find((line) => line !== '') ?? 'it printed nothing';
}

function secondsSince(started: number): number {
  return Number(((performance.now() - started) / 1_000).toFixed(1));
}
