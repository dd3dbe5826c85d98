// What is expected of a run of a command.

import type { WineRun } from './machine/wine.ts';

export interface Expected {
  /** 0 where it is left out. */
  readonly status?: number;
  /** What its output has to match, or nothing where it is left out. */
  readonly prints?: RegExp;
  /** The same of its error output, which is to be empty where this is left out. */
  readonly complains?: RegExp;
}

/** What is wrong with a run; empty where all is as expected. */
export function wrongWith(run: WineRun, { status = 0, prints, complains }: Expected): string[] {
  const said = `${run.stdout}${run.stderr}`.trim();
  return [
    ...(run.status === status ? [] : [`Expected status ${status}, got ${run.status ?? 'no end'}:\n${said}`]),
    ...(prints === undefined || prints.test(run.stdout)
      ? []
      : [`Expected it to print ${prints}, got:\n${run.stdout.trim()}`]),
    ...((complains ?? /^$/).test(run.stderr)
      ? []
      : [`Expected ${complains ?? 'nothing'} on stderr, got:\n${run.stderr.trim()}`]),
    ...(run.left ? ['Expected no process to be left behind, got one'] : []),
  ];
}
