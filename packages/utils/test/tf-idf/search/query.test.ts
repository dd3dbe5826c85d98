import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOneSlip } from '../../../src/tf-idf/search/query/edit-distance.ts';
import { SearchIndex } from '../../../src/tf-idf/search/search-index.ts';
import type { SearchOptions } from '../../../src/tf-idf/search/search-index.ts';
import { wordsOf } from '../../../src/tf-idf/search/words/words-of.ts';

async function found(documents: readonly string[], query: string, options: SearchOptions = {}): Promise<number[]> {
  const { hits } = (await SearchIndex.of(documents)).search(query, { limit: 100, ...options });
  return hits.map(({ document }) => document).toSorted((a, b) => a - b);
}

describe('words as people type them', () => {
  test.each([
    ['cafe', ['a café', 'a cave'], [0]],
    ['CAFÉ', ['a cafe', 'a cave'], [0]],
    ['threads', ['one thread', 'threading', 'a threat'], [0, 1]],
    ['東京', ['東京都に行く', '京都に行く'], [0]],
    ['天堂', ['任天堂の新作', '天気'], [0]],
    ['c++', ['C++ here', 'vitamin c'], [0]],
    ['C#', ['in c#', 'c sharp'], [0]],
    ['.net', ['the .NET runtime', 'a fishing net'], [0]],
    ['node.js', ['node.js', 'a JS tree', 'js node'], [0, 1, 2]],
    ['mut*', ['mutex', 'Mutable', 'commute'], [0, 1]],
    ['caf*', ['Cafés', 'scaffold'], [0]],
    ['mutx', ['a mutex', 'a matrix'], [0]],
    ['mtuex', ['a mutex', 'a matrix'], [0]],
    ['transform', ['fitTransform()', 'fit_transform()', 'TRANSFORMS', 'form'], [0, 1, 2]],
    ['fit_transform', ['fitTransform()', 'fit only'], [0]],
    ['XMLParser', ['parse xml', 'a parser', 'none'], [0, 1]],
  ])('%s finds those of %j', async (query, documents, expected) => {
    expect(await found(documents, query)).toEqual(expected);
  });

  test('.net alone falls back to net where no document has the dot', async () => {
    expect(await found(['a fishing net', 'a boat'], '.net')).toEqual([0]);
  });

  test.each([
    ['cafe', ['café', 'Cafe'], [1]],
    ['threads', ['thread', 'Threads'], [1]],
    ['mutx', ['mutex'], []],
    ['caf*', ['café', 'cafés', 'cafeteria'], [0, 1, 2]],
    ['cafe*', ['café', 'cafeteria'], [1]],
  ])('--exact %s finds only what is written so among %j', async (query, documents, expected) => {
    expect(await found(documents, query, { exact: true })).toEqual(expected);
  });

  test('node.js comes before js and node apart', async () => {
    const index = await SearchIndex.of(['js, or some node', 'about node.js', 'nothing']);
    expect(index.search('node.js').hits.map(({ document }) => document)).toEqual([1, 0]);
  });
});

describe('a slip', () => {
  const many = Array.from({ length: 60 }, (_, n) => `document ${n} has a mutex`);

  test('is mended where no document has the word, and the answer names what was searched for', async () => {
    const answer = (await SearchIndex.of(['a mutex', 'a matrix'])).search('mutx');
    expect(answer).toMatchObject({ found: 1, unknown: [], corrected: [{ typed: 'mutx', searched: 'mutex' }] });
  });

  test('is mended where the word is clearly rarer, and what was typed is found too', async () => {
    const answer = (await SearchIndex.of([...many, 'a mutx'])).search('mutx', { limit: 100 });
    expect(answer).toMatchObject({ found: 61, corrected: [{ typed: 'mutx', searched: 'mutex' }] });
  });

  test('is not seen where the word is about as frequent', async () => {
    const answer = (await SearchIndex.of([...many.slice(0, 30), 'a mutx'])).search('mutx');
    expect(answer).toMatchObject({ found: 1, corrected: [] });
  });

  test('is not seen in short words, numbers, quoted phrases that are there, and with exact', async () => {
    const index = await SearchIndex.of(['the cat needle12', 'a dog']);
    for (const query of ['cut', 'needle13']) expect(index.search(query)).toMatchObject({ found: 0, corrected: [] });
    expect(index.search('neetle', { exact: true })).toMatchObject({ found: 0, unknown: ['neetle'] });
  });

  test('is one letter left out, put in or replaced, or two neighbours exchanged', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(isOneSlip(a, b)).toBe(distance(a, b) === 1);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** By the definition: the optimal string alignment, in a table. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      table[i]![j] = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        replaced,
        swapped ? table[i - 2]![j - 2]! + 1 : 99,
      );
    }
  }
  return table[a.length]![b.length]!;
}

describe('a quoted phrase', () => {
  test('has to stand so; its words alone are not enough, and identifiers and endings count as words', async () => {
    const documents = ['the event loop', 'a loop, an event', 'eventLoop.run()', 'event loops', 'event and loop'];
    expect(await found(documents, '"event loop"')).toEqual([0, 2, 3]);
    expect(await found(documents, '"event loop"', { exact: true })).toEqual([0, 2]);
    expect(await found(documents, '"event loop')).toEqual([0, 2, 3]);
    expect(await found(documents, '"event loop" the')).toEqual([0, 2, 3]);
  });

  test('that no document has is named, and nothing is found', async () => {
    const index = await SearchIndex.of(['loop event', 'event']);
    expect(index.search('"event loop" event')).toMatchObject({ found: 0, hits: [], unknown: ['"event loop"'] });
  });

  test('is found by places exactly where it is found by going through the text, for any text', async () => {
    const word = fc.constantFrom('event', 'loop', 'Event', 'the', 'eventLoop', 'loops', 'event_loop', ',', 'a');
    const document = fc.array(word, { maxLength: 8 }).map((all) => all.join(' '));
    const phrase = fc.array(fc.constantFrom('event', 'loop', 'the', 'a'), { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 6 }), phrase, async (documents, all) => {
        const expected = [...documents.keys()].filter((n) => stands(documents[n]!, all));
        expect(await found(documents, `"${all.join(' ')}"`, { exact: true })).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

/** Whether the words stand at places one after another: every word of a text at its place, in a list. */
function stands(document: string, phrase: readonly string[]): boolean {
  const places: Set<string>[] = [];
  for (const { terms, width } of wordsOf(document)) {
    const start = places.length;
    for (let n = 0; n < width; n++) places.push(new Set());
    for (const { surface, offset } of terms) places[start + offset]!.add(surface);
  }
  return places.some((_, start) => phrase.every((word, n) => places[start + n]?.has(word) ?? false));
}
