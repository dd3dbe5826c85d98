import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import countWordsOf from '../src/data-analysis/count-task.ts';
import { readPassages, sumGradient } from '../src/data-analysis/model.ts';
import type { Text } from '../src/data-analysis/model.ts';
import { isImaginative, sampleNames, writeSamples } from '../src/data-analysis/proof/brown-corpus.ts';
import { openCountersIn, openTrainersIn } from '../src/data-analysis/proof/solutions.ts';
import { commonest, countWords, deal, train } from '../src/data-analysis/recipe.ts';
import type { Training } from '../src/data-analysis/recipe.ts';
import trainOn from '../src/data-analysis/train-task.ts';
import { readWords } from '../src/data-analysis/words.ts';
import type { Place } from '../src/proof/places.ts';
import { openUnderWay } from '../src/proof/under-way.ts';

const names = sampleNames();
const places = ['thread', 'process'] as const;

let folder: string;
let texts: readonly Text[];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'data-analysis-test-'));
  texts = writeSamples(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('the corpus', () => {
  test('has 500 samples, 126 of them imaginative, which are written as plain text', () => {
    expect(names).toHaveLength(500);
    expect(names.filter(isImaginative)).toHaveLength(126);
    expect(texts.filter(({ label }) => label === 1)).toHaveLength(126);
    expect(readWords(texts[0]!.file).slice(0, 8)).toEqual([
      'the',
      'fulton',
      'county',
      'grand',
      'jury',
      'said',
      'friday',
      'an',
    ]);
  });

  test('dealt out, every sample is in one shard', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (shards) => {
        const dealt = deal(names, shards);
        expect(dealt.flat().toSorted()).toEqual(names);
        const sizes = dealt.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test('words are read without case, numbers and punctuation, with what joins them', () => {
  const file = path.join(folder, 'words.txt');
  writeFileSync(file, 'The jury\u2019s "well-known" No. 12 -- Émile, O\'Neill.\n');
  expect(readWords(file)).toEqual(['the', 'jury\u2019s', 'well-known', 'no', 'émile', "o'neill"]);
});

describe('counting', () => {
  test.each(places)('over shards gives the counts of one loop over all the words: %s', async (place) => {
    const some = texts.slice(0, 24).map(({ file }) => file);
    const counted = new Map<string, number>();
    for (const word of some.flatMap(readWords)) counted.set(word, (counted.get(word) ?? 0) + 1);
    const counters = await openCountersIn(place, 2);
    expect(await countWords(counters, deal(some, 5))).toEqual(counted);
    await counters.close();
  });

  test('all shards are under way at once, not one after another', async () => {
    const underWay = openUnderWay();
    const counters = underWay.watch(await openCountersIn('process', 2));
    const five = deal(
      texts.slice(0, 10).map(({ file }) => file),
      5,
    );
    await countWords(counters, five);
    await counters.close();
    expect(underWay.most()).toBe(5);
  });

  test('a shard reports its words in the order of their first appearance', () => {
    const { words } = countWordsOf({ files: [texts[0]!.file] });
    expect(words.split('\n').slice(0, 3)).toEqual(['the', 'fulton', 'county']);
  });

  test('of equally common words the first of the alphabet comes first', () => {
    expect(
      commonest(
        new Map([
          ['b', 2],
          ['c', 3],
          ['a', 2],
          ['d', 1],
        ]),
        3,
      ),
    ).toEqual(['c', 'a', 'b']);
  });
});

describe('training', () => {
  const vocabulary = ['the', 'of', 'he', 'she', 'said', 'is'];
  const training = (shards: number): Training => ({
    shards: deal(
      texts.filter((_, n) => n % 20 === 0),
      shards,
    ).map((own, id) => ({ id, texts: own })),
    vocabulary,
    steps: 12,
    rate: 0.1,
  });
  const trainIn = async (place: Place, count: number, shards = 8): Promise<Float64Array> => {
    const trainers = await openTrainersIn(place, count);
    const weights = await train(trainers, training(shards));
    await Promise.all(trainers.map((trainer) => trainer.close()));
    return weights;
  };

  test.each(places)('gives the same weights to the last bit, however many trainers there are: %s', async (place) => {
    const inline = await trainIn('inline', 1);
    for (const count of [1, 2, 3]) expect(await trainIn(place, count)).toEqual(inline);
    expect(inline.some((weight) => weight !== 0)).toBe(true);
  });

  test('asks all trainers at once', async () => {
    const underWay = openUnderWay();
    const trainers = (await openTrainersIn('inline', 3)).map((trainer) => underWay.watch(trainer));
    await train(trainers, training(6));
    expect(underWay.most()).toBe(3);
  });

  test('with another split the last bits may differ, no more', async () => {
    const eight = await trainIn('inline', 1);
    const five = await trainIn('inline', 1, 5);
    for (const [n, weight] of eight.entries()) expect(weight).toBeCloseTo(five[n]!, 10);
  });

  test('the gradient is the slope of the log loss', () => {
    const passages = readPassages(
      texts.filter(({ file }) => /c[akr]01\.txt$/.test(file)),
      vocabulary,
    );
    const columns = vocabulary.length + 1;
    const loss = (weights: Float64Array): number =>
      passages.labels.reduce((sum, label, n) => {
        const row = passages.features.subarray(n * columns, (n + 1) * columns);
        const chance = 1 / (1 + Math.exp(-row.reduce((dot, x, j) => dot + x * weights[j]!, 0)));
        return sum - Math.log(label === 1 ? chance : 1 - chance);
      }, 0);
    const weights = Float64Array.from({ length: columns }, (_, n) => 0.1 * Math.sin(n));
    const gradient = sumGradient(passages, weights);
    for (let j = 0; j < columns; j++) {
      const [up, down] = [1e-5, -1e-5].map((step) => loss(weights.map((weight, n) => weight + (n === j ? step : 0))));
      expect(gradient[j]).toBeCloseTo((up! - down!) / 2e-5, 4);
    }
  });

  test('a shard that was not loaded is named', () => {
    const job = { kind: 'gradient', ids: [99], weights: new Float64Array(7) } as const;
    expect(() => trainOn(job)).toThrow('Expected shard 99 to be loaded, and it is not');
  });
});
