// The exit status of a run.

import type { Results } from '../results/format.ts';

/**
 * 0 where every claim holds or cannot be shown here, 1 where one is refuted or a chapter that was asked for could not be
 * read, 3 where one is inconclusive and that is not let pass.
 *
 * @param strict whether an inconclusive claim is not let pass: CLAIMS_STRICT=1
 */
export function statusOf(
  { claims, chapters, selection }: Pick<Results, 'claims' | 'chapters' | 'selection'>,
  strict: boolean,
): 0 | 1 | 3 {
  const isAskedFor = (name: string): boolean => selection.only.length === 0 || selection.only.includes(name);
  if (chapters.some(({ name, failure }) => failure !== undefined && isAskedFor(name))) return 1;
  if (claims.some(({ verdict }) => verdict === 'refuted')) return 1;
  return strict && claims.some(({ verdict }) => verdict === 'inconclusive') ? 3 : 0;
}
