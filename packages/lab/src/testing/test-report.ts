// A reporter for the test runner that keeps what CI prints at its end: the counts, and every failure with its reason.
// The runner's own JSON report leaves out the errors of hooks and those that no test awaited, which fail a run too.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';

/** What one package's run came to. */
export interface TestReport {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly at: string; readonly reason: string }[];
  /** Tests that failed and then passed when they were repeated, each with the reason of its failure. */
  readonly repeated: TestReport['failures'];
}

/**
 * Writes a file for each project that ran, `tests-PROJECT.json` in `folder`, when the run ends; a run that is killed leaves
 * none, not even that of the run before. An error that no test awaited belongs to the first.
 */
export function reportTo(folder: string): Reporter {
  const fileOf = (name: string): string => path.join(folder, `tests-${name || 'all'}.json`);
  return {
    onInit: ({ projects }) => projects.forEach(({ name }) => rmSync(fileOf(name), { force: true })),
    onTestRunEnd(modules, unhandled): void {
      mkdirSync(folder, { recursive: true });
      const names = [...new Set(modules.map(({ project }) => project.name))];
      for (const [index, name] of names.entries()) {
        const own = modules.filter(({ project }) => project.name === name);
        const report = summarize(own, index === 0 ? unhandled : []);
        writeFileSync(fileOf(name), `${JSON.stringify(report, null, 2)}\n`);
      }
    },
  };
}

function summarize(modules: readonly TestModule[], unhandled: readonly SerializedError[]): TestReport {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const suites = modules.flatMap((module) => [...module.children.allSuites()]);
  const inState = (state: string): TestCase[] => tests.filter((test) => test.result().state === state);
  return {
    passed: inState('passed').length,
    skipped: inState('skipped').length,
    failures: [
      ...inState('failed').map((test) => telling(placeOf(test), test.result().errors?.at(-1))),
      // A file that does not load and a hook that throws belong to no test.
      ...modules.flatMap((module) => module.errors().map((error) => telling(module.relativeModuleId, error))),
      ...suites.flatMap((suite) => suite.errors().map((error) => telling(placeOf(suite), error))),
      ...unhandled.map((error) => telling('an error that no test awaited', error)),
    ],
    repeated: inState('passed')
      .filter((test) => test.diagnostic()?.flaky)
      .map((test) => telling(placeOf(test), test.result().errors?.at(-1))),
  };
}

function placeOf({ module, fullName }: TestCase | TestSuite): string {
  return `${module.relativeModuleId} > ${fullName}`;
}

function telling(at: string, error: Failure | undefined): TestReport['failures'][number] {
  return { at, reason: error === undefined ? 'no reason is given' : reasonOf(error) };
}

type Failure = SerializedError & { readonly stacks?: readonly { readonly file: string; readonly line: number }[] };

/** What happened and where; of a property that failed, what happened in it. */
function reasonOf({ message, stacks, stack, cause }: Failure): string {
  const frame = stacks?.[0];
  const reason = [message, frame === undefined ? stack : `at ${frame.file}:${frame.line}`].join('\n');
  return cause === undefined ? reason : `${reason}\ncaused by: ${reasonOf(cause)}`;
}
