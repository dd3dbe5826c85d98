// How many threads a vectorizer really uses: the matrix is the same with one.

import { watchThreads } from '../../proof/watch-threads.ts';
import type { Question } from '../lanes/messages.ts';

/** Threads that were given documents to count during `work`. */
export async function threadsGivenDocuments(work: () => Promise<unknown>): Promise<number> {
  const threads = await watchThreads(work);
  return threads.filter(({ sent }) => (sent as readonly Question[]).some(({ ask }) => ask.kind === 'count')).length;
}
