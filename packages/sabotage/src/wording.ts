// What the command prints, for people and for programs.

import { bold, dim, table } from '@cookbook/lab/show';
import type { Patch } from './patches.ts';
import type { Result, Word } from './sabotage.ts';

/** Every patch with its mistake and what has to see it. */
export function listAsText(patches: readonly Patch[]): string {
  return patches
    .map(({ id, why, seenBy, claims, tests }) => {
      const watched = [...(seenBy.includes('claim') ? claims : []), ...(seenBy.includes('test') ? tests : [])];
      return `${bold(id)}\n  ${why}\n  ${dim(`to be seen by ${watched.join(', ')}`)}`;
    })
    .join('\n');
}

/** One line for each patch, why for those that were not seen, and all of them counted. */
export function resultsAsText(results: readonly Result[]): string {
  const rows = results.map(({ patch, word, seen }) => ({
    patch: patch.id,
    claim: wordOf(seen, 'claim'),
    test: wordOf(seen, 'test'),
    s: String(Math.round(seen.reduce((sum, { seconds }) => sum + seconds, 0))),
    result: word === 'seen' ? word : word.toUpperCase(),
  }));
  const reasons = results
    .filter(({ word }) => word !== 'seen')
    .map(({ patch, word, reason }) => `${word.toUpperCase()} ${patch.id}\n  ${patch.why}\n  ${reason}`);
  const drawn = rows.length > 0 ? [table(rows, ['s'])] : [];
  return [...drawn, ...reasons, closing(results)].join('\n\n');
}

/** '19 of 20 patches seen, 1 survived' */
function closing(results: readonly Result[]): string {
  const count = (word: Word): number => results.filter((result) => result.word === word).length;
  const others = (['survived', 'hangs', 'broken', 'cannot tell'] as const).filter((word) => count(word) > 0);
  return [`${count('seen')} of ${results.length} patches seen`, ...others.map((word) => `${count(word)} ${word}`)].join(
    ', ',
  );
}

function wordOf(seen: Result['seen'], observer: 'claim' | 'test'): string {
  return seen
    .filter((each) => each.observer === observer)
    .map(({ word }) => word)
    .join(', ');
}

/** One object with `patches`: the patch, what was seen of it, and the word for it. */
export function resultsAsJson(results: readonly Result[]): string {
  const patches = results.map(({ patch, word, reason, seen }) => ({
    ...patch,
    result: word,
    ...(reason && { reason }),
    seen: seen.map(({ observer, what, word: observed, reason: why, seconds }) => ({
      observer,
      what,
      word: observed,
      reason: why,
      seconds,
    })),
  }));
  return JSON.stringify({ patches }, null, 2);
}

/** 1 where a patch was not seen as it has to be or could not be put in, 3 where that cannot be told of one, else 0. */
export function statusOf(results: readonly Result[]): number {
  const words = new Set(results.map(({ word }) => word));
  if (words.has('survived') || words.has('hangs') || words.has('broken')) return 1;
  return words.has('cannot tell') ? 3 : 0;
}
