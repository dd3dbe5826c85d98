// A database that goes away for a moment: what is asked is asked again. Only for what may be done twice.

import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS } from './limits.ts';

export interface Insistence {
  readonly signal?: AbortSignal;
  /** ms for which the database may be away. */
  readonly patience?: number;
}

/** Of Node, of PostgreSQL (shutting down, starting up, a connection lost) and of the drivers. */
const CODES = /^(ECONN|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|57P0[123]|08)/;
const WORDS =
  /connection (is closed|terminated|ended|refused)|closed the connection|timeout exceeded when trying to conn/i;

/**
 * Asks, and asks again as long as the database is away.
 *
 * @throws the reason of the signal, at once; the last error, when patience is at its end; any other error
 */
export async function insist<T>(
  ask: () => Promise<T>,
  { signal, patience = PATIENCE_MS }: Insistence = {},
): Promise<T> {
  const end = performance.now() + patience;
  for (let pause = 20; ; pause = Math.min(1_000, pause * 2)) {
    signal?.throwIfAborted();
    try {
      return await orAborted(ask(), signal);
    } catch (error) {
      if (signal?.aborted || !isAway(error) || performance.now() + pause > end) throw error;
    }
    await sleep(pause, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** Whether the error says that the database cannot be reached, and not that it refuses. */
export function isAway(error: unknown): boolean {
  const { code = '', message = '', errors = [] } = error as { code?: string; message?: string; errors?: unknown[] };
  return CODES.test(code) || WORDS.test(message) || (errors.length > 0 && errors.every(isAway));
}

/** The promise, or a rejection once the signal aborts; what was asked goes on, unheard. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    promise.catch(() => {});
  }
}
