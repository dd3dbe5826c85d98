// What a caller may say of a run, checked before anything is opened.

import { randomUUID } from 'node:crypto';
import { checkRunName } from '../queue/runs.ts';

export interface Options {
  /** `postgres://user:password@host/database` or `redis://host` */
  readonly connection: string;
  /** Inputs a job; `auto` makes a job's work at least twenty times its overhead, and at least four jobs a lane. */
  readonly batch?: number | 'auto';
  /** Inputs are pulled as long as fewer jobs than that are not done: for two a lane, no lane waits. */
  readonly ahead?: number;
  /** How often an input is tried. */
  readonly attempts?: number;
  /** A run that was given a name, and did not end, goes on where the same name is given again. */
  readonly name?: string;
  /** The folder below which the task file is, here and on the workers; the current one unless given. */
  readonly tasks?: string;
  readonly signal?: AbortSignal;
  /** Called after each change. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Counts of inputs. */
export interface Progress {
  /** Those that succeeded, and those that were given up. */
  readonly done: number;
  readonly failed: number;
  /** Of `done`, those of a run before this one under the same name. */
  readonly resumed: number;
  /** Undefined where the inputs have no length. */
  readonly total: number | undefined;
}

export interface Settings {
  readonly connection: string;
  readonly batch: number | 'auto';
  readonly ahead: number;
  readonly attempts: number;
  readonly name: string;
  /** Whether what is done is kept where the run ends before its end. */
  readonly isNamed: boolean;
  readonly tasks: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** @throws RangeError, TypeError where an option is not what it is to be */
export function settingsOf({ batch = 'auto', ahead = 16, attempts = 3, ...options }: Options): Settings {
  if (batch !== 'auto') checkCount('batch', batch);
  checkCount('ahead', ahead);
  checkCount('attempts', attempts);
  if (options.name !== undefined) checkRunName(options.name);
  return {
    connection: options.connection,
    batch,
    ahead,
    attempts,
    name: options.name ?? `r${randomUUID()}`,
    isNamed: options.name !== undefined,
    tasks: options.tasks ?? process.cwd(),
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => {}),
  };
}

function checkCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`Expected \`${name}\` to be an integer from 1 up, got ${value}`);
  }
}
