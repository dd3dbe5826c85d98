import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readKnownItems, readNamedBrown } from '../../../bench/search/known-items.ts';
import { SearchIndex } from '../../../src/tf-idf/search/search-index.ts';
import type { RankName } from '../../../src/tf-idf/search/rank/rank.ts';

const ROOT = new URL('../../../../../', import.meta.url);
const items = readKnownItems();

test('the judged set has sixty items, half of each corpus, half of each held out, each query once', () => {
  const count = (key: 'corpus' | 'half', value: string) => items.filter((item) => item[key] === value).length;
  expect([count('corpus', 'repository'), count('corpus', 'brown')]).toEqual([30, 30]);
  expect([count('half', 'tuned'), count('half', 'held-out')]).toEqual([30, 30]);
  expect(new Set(items.map(({ query }) => query))).toHaveLength(60);
});

test('what is to be found is there', () => {
  const brown = new Set(readNamedBrown().map(({ name }) => name));
  for (const { corpus, find } of items) {
    expect(find.length).toBeGreaterThan(0);
    for (const name of find) {
      const there = corpus === 'brown' ? brown.has(name) : existsSync(fileURLToPath(new URL(name, ROOT)));
      expect(there, name).toBe(true);
    }
  }
});

test(
  'BM25 ranks the items of Brown no worse than cosine does, and nine of ten first',
  { timeout: 60_000 },
  async () => {
    const documents = readNamedBrown();
    const index = await SearchIndex.of(documents);
    const asked = items.filter(({ corpus }) => corpus === 'brown');
    const ranks = (rank: RankName): number[] =>
      asked.map(({ query, find }) => {
        const { hits } = index.search(query, { rank, limit: 100 });
        return hits.findIndex(({ document }) => find.includes(documents[document]!.name)) + 1 || Infinity;
      });
    const reciprocal = (all: readonly number[]): number => all.reduce((sum, rank) => sum + 1 / rank, 0);
    expect(reciprocal(ranks('bm25'))).toBeGreaterThanOrEqual(reciprocal(ranks('cosine')));
    expect(ranks('bm25').filter((rank) => rank === 1).length).toBeGreaterThanOrEqual(27);
  },
);
