// The limits of how many documents have a term.

import type { DocumentLimit } from '../options/options.ts';

/** A limit as a number of documents. That of a fraction may be no integer: it is compared as it comes. */
export function documentsOf(limit: DocumentLimit, documents: number): number {
  return typeof limit === 'number' ? limit : limit.fraction * documents;
}
