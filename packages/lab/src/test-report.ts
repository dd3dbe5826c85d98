// A reporter for the test runner that keeps what CI tells at its end: the counts, and every failure with its reason.
// The runner's own JSON report leaves out the errors of hooks and those that no test awaited, which fail a run too.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** What one package's run came to. */
export interface TestReport {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly at: string; readonly reason: string }[];
}

/** Writes `file` when the run ends; a run that is killed leaves none, not even that of the run before. */
export function reportTo(file: string): Reporter {
  return {
    onInit: () => rmSync(file, { force: true }),
    onTestRunEnd(modules, unhandled): void {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(summarize(modules, unhandled), null, 2)}\n`);
    },
  };
}

function summarize(modules: readonly TestModule[], unhandled: readonly SerializedError[]): TestReport {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (state: string): number => tests.filter((test) => test.result().state === state).length;

  const failures = [
    ...tests.map((test) => ({
      at: `${test.module.relativeModuleId} > ${test.fullName}`,
      errors: test.result().errors,
    })),
    // A file that does not load and a hook that throws belong to no test.
    ...modules.map((module) => ({ at: module.relativeModuleId, errors: module.errors() })),
    ...modules
      .flatMap((module) => [...module.children.allSuites()])
      .map((suite) => ({ at: `${suite.module.relativeModuleId} > ${suite.fullName}`, errors: suite.errors() })),
    { at: 'an error that no test awaited', errors: unhandled },
  ];
  return {
    passed: count('passed'),
    skipped: count('skipped'),
    failures: failures.flatMap(({ at, errors }) => (errors ?? []).map((error) => ({ at, reason: reasonOf(error) }))),
  };
}

type Failure = SerializedError & { readonly stacks?: readonly { readonly file: string; readonly line: number }[] };

/** What happened and where; of a property that failed, what happened in it. */
function reasonOf({ message, stacks, stack, cause }: Failure): string {
  const frame = stacks?.[0];
  const reason = [message, frame === undefined ? stack : `at ${frame.file}:${frame.line}`].join('\n');
  return cause === undefined ? reason : `${reason}\ncaused by: ${reasonOf(cause)}`;
}
