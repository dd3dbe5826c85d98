// The first question to a database: answered, or refused in words that hold no connection.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from './connection.ts';

/** ms for the first answer. Redis's driver would wait for ever for a server that is not there. */
const FIRST_ANSWER_MS = 10_000;

/** @throws Error where the database is not there, refuses, or says nothing within 10 s */
export async function reach<T>(backend: Backend, ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const answered = new AbortController();
  const late = sleep(FIRST_ANSWER_MS, undefined, {
    signal: signal ? AbortSignal.any([answered.signal, signal]) : answered.signal,
  }).then(() => {
    throw new Error(`no answer within ${FIRST_ANSWER_MS / 1_000} s`);
  });
  const asked = ask();
  try {
    return await Promise.race([asked, late]);
  } catch (error) {
    signal?.throwIfAborted();
    // No cause: the driver's own error may hold what its message does not.
    // oxlint-disable-next-line preserve-caught-error -- see above
    throw new Error(`The database that \`connection\` names refuses: ${backend.scrub(wordsOf(error))}`);
  } finally {
    answered.abort();
    late.catch(() => {});
    asked.catch(() => {});
  }
}

/** What an error says; of several at once, such as one for each address of a host, the first. */
export function wordsOf(error: unknown): string {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: unknown[] };
  return message || code || (errors?.[0] ? wordsOf(errors[0]) : String(error));
}
