// The documents that fit a query best.

import type { IndexSource } from '../index/source.ts';
import type { Group, QueryPlan } from '../query/groups.ts';
import { bestOf } from './best.ts';
import { bm25 } from './bm25.ts';
import { cosine } from './cosine.ts';
import { explain } from './explain.ts';
import type { Hit } from './explain.ts';
import { neighbours } from './neighbours.ts';
import type { Ranking } from './ranking.ts';

export type RankName = 'bm25' | 'cosine';

export interface RankOptions {
  readonly rank: RankName;
  /** Hits at most, from 1 up. */
  readonly limit: number;
}

/** So many of the best by their words alone are looked at for words side by side. */
const LOOKED_AT = 100;

/**
 * Ranks the documents.
 *
 * By BM25 words side by side count more, and a score is multiplied by the share of the query that the document covers, its
 * words weighed by their rarity: all words once come before one word many times.
 *
 * @returns `found` is how many documents have any of the words, and all quoted phrases
 */
export function rankDocuments(
  source: IndexSource,
  { groups, pairs }: QueryPlan,
  { rank, limit }: RankOptions,
): { hits: Hit[]; found: number } {
  const ranking = rank === 'bm25' ? bm25(source) : cosine(source, groups);
  const { scores, covered } = addScores(groups, ranking, source.totals.documents);
  const found = withAllRequired(groups, scores);
  const looked = bestOf(found, scores, Math.max(limit, LOOKED_AT));
  if (rank === 'cosine') {
    const hits = looked.slice(0, limit).map((document) => explain(document, scores[document]!, groups, ranking));
    return { hits, found: found.length };
  }
  const near = neighbours(source, pairs, looked.slice(0, LOOKED_AT), ranking);
  for (const [document, brought] of near) {
    scores[document]! += brought.reduce((sum, { score }) => sum + score * covered[document]!, 0);
  }
  const hits = bestOf(looked, scores, limit).map((document) =>
    explain(document, scores[document]!, groups, ranking, near.get(document)),
  );
  return { hits, found: found.length };
}

/** The score of every document, 0 of those without a word, and the share of the query that each covers, from 0 to 1. */
function addScores(groups: readonly Group[], ranking: Ranking, documents: number) {
  const scores = new Float64Array(documents);
  const covered = new Float64Array(documents);
  for (const group of groups) {
    const contribution = ranking.contribution(group);
    const rarity = group.terms.length === 0 ? 0 : ranking.rarity(group);
    const found = group.postings.documents;
    for (let at = 0; at < found.length; at++) {
      const document = found[at]!;
      scores[document]! += contribution(at);
      covered[document]! += rarity;
    }
  }
  if (!ranking.countsCoverage) return { scores, covered };
  const all = groups.reduce((sum, group) => sum + (group.terms.length === 0 ? 0 : ranking.rarity(group)), 0);
  for (let document = 0; document < documents; document++) {
    covered[document]! /= all;
    scores[document]! *= covered[document]!;
  }
  return { scores, covered };
}

/** The documents with a score, ascending, and with every quoted phrase. */
function withAllRequired(groups: readonly Group[], scores: Float64Array): number[] {
  const required = groups.filter((group) => group.required);
  const counts = new Uint8Array(required.length === 0 ? 0 : scores.length);
  for (const { postings } of required) for (const document of postings.documents) counts[document]! += 1;
  const found: number[] = [];
  for (let document = 0; document < scores.length; document++) {
    if (scores[document]! > 0 && (required.length === 0 || counts[document] === required.length)) found.push(document);
  }
  return found;
}
