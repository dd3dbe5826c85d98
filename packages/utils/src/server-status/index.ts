// The status of servers: name, connection, TLS, HTTP, and how long each of them took.

import pLimit from 'p-limit';
import { checkServer } from './check.ts';
import type { CheckOptions, Status } from './check.ts';
import { MOST_AT_ONCE, withResolve } from './steps/names.ts';
import type { Target } from './target.ts';

export { checkServer } from './check.ts';
export type { Status, StatusRange } from './check.ts';
export { STATES, STEPS } from './state.ts';
export type { State } from './state.ts';
export { MOST_AT_ONCE, withResolve } from './steps/names.ts';
export { readTarget, TargetError } from './target.ts';
export type { Target } from './target.ts';

export interface CheckAllOptions extends CheckOptions {
  /** Servers that are checked at the same time, from 1 up; without a `resolve` at most 512. */
  readonly concurrency: number;
  /** Called with the status of each server as soon as it is known. */
  readonly onStatus?: ((status: Status) => void) | undefined;
}

/**
 * Checks many servers at once. The statuses are in the order of the targets.
 *
 * @throws TypeError where the concurrency is no integer from 1 up; otherwise as `checkServer`
 */
export async function checkServers(targets: readonly Target[], options: CheckAllOptions): Promise<Status[]> {
  const { concurrency, onStatus, ...check } = options;
  const width = pLimit(concurrency).concurrency; // throws where it is none
  const atOnce = Math.min(width, MOST_AT_ONCE);
  const hosts = targets.map(({ host }) => host);
  return withResolve(hosts, options.resolve, atOnce, options.signal, (resolve) =>
    pLimit(options.resolve === undefined ? atOnce : width).map(targets, async (target) => {
      const status = await checkServer(target, { ...check, resolve });
      onStatus?.(status);
      return status;
    }),
  );
}

/** Whether a server is up. */
export function isUp({ state }: Status): boolean {
  return state === 'up';
}
