import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deal, isImaginative, readWords, sampleNames } from '../src/data-analysis/corpus.ts';
import countShard from '../src/data-analysis/count-task.ts';
import { readPassages, sumGradient } from '../src/data-analysis/model.ts';
import { multiplyHigh, openStream, philox } from '../src/data-analysis/philox.ts';
import {
  countAlike,
  EXACT_CHANCE,
  openCounters,
  openSimulators,
  openTrainers,
  standardErrorsOff,
  withHands,
} from '../src/data-analysis/problem.ts';
import { commonest, countWords, simulate, train } from '../src/data-analysis/recipe.ts';
import trainShard from '../src/data-analysis/train-task.ts';
import { handOut } from '../src/hands.ts';

const names = sampleNames();
const places = ['thread', 'process'] as const;

describe('the corpus', () => {
  test('has 500 samples and its million words, 126 of the samples imaginative', () => {
    expect(names).toHaveLength(500);
    expect(names.filter(isImaginative)).toHaveLength(126);
    expect(readWords('ca01').slice(0, 8)).toEqual(['the', 'fulton', 'county', 'grand', 'jury', 'said', 'friday', 'an']);
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

describe('counting', () => {
  const some = names.slice(0, 24);
  const counted = new Map<string, number>();
  for (const word of some.flatMap(readWords)) counted.set(word, (counted.get(word) ?? 0) + 1);

  test.each(places)('over shards gives the counts of one loop over all the words: %s', async (place) => {
    const counts = await withHands(openCounters(place, 2), (hands) => countWords(hands, deal(some, 5)));
    expect(counts).toEqual(counted);
  });

  test('a shard tells its words in the order of their first appearance', () => {
    expect(
      countShard({ names: ['ca01'] })
        .words.split('\n')
        .slice(0, 3),
    ).toEqual(['the', 'fulton', 'county']);
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
  const training = (shards: number) => ({
    shards: deal(
      names.filter((_, n) => n % 20 === 0),
      shards,
    ).map((own, id) => ({ id, names: own })),
    vocabulary,
    steps: 12,
    rate: 0.1,
  });

  test.each(places)('gives the same weights to the last bit, however many hands there are: %s', async (place) => {
    const weights: Float64Array[] = [];
    for (const count of [1, 2, 3]) {
      weights.push(await withHands(openTrainers(place, count), (hands) => train(hands, training(8))));
    }
    const inline = await withHands(openTrainers('inline', 1), (hands) => train(hands, training(8)));
    for (const own of weights) expect(own).toEqual(inline);
    expect(inline.some((weight) => weight !== 0)).toBe(true);
  });

  test('with another split the last bits may differ, no more', async () => {
    const eight = await withHands(openTrainers('inline', 1), (hands) => train(hands, training(8)));
    const five = await withHands(openTrainers('inline', 1), (hands) => train(hands, training(5)));
    for (const [n, weight] of eight.entries()) expect(weight).toBeCloseTo(five[n]!, 10);
  });

  test('the gradient is the slope of the log loss', () => {
    const passages = readPassages(['ca01', 'ck01', 'cr01'], vocabulary);
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

  test('a shard that was not loaded is told by its number', () => {
    const job = { kind: 'gradient', ids: [99], weights: new Float64Array(7) } as const;
    expect(() => trainShard(job)).toThrow('Expected shard 99 to be loaded, it is not');
  });
});

describe('random numbers', () => {
  const hex = (words: Uint32Array): string => Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' ');

  // The known answers that its authors publish with it.
  test.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [Array.from({ length: 4 }, () => 0xffffffff), [0xffffffff, 0xffffffff], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const)('philox of %j under the key %j is known', (counter, [key0, key1], answer) => {
    const words = Uint32Array.from(counter);
    philox(words, key0, key1);
    expect(hex(words)).toBe(answer);
  });

  test('the upper half of a product is that of whole numbers', () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
      }),
    );
  });

  test('a stream can be drawn again, and no two streams of a seed are alike', () => {
    const first = (seed: number, stream: number): number[] => {
      const next = openStream(seed, stream);
      return Array.from({ length: 8 }, next);
    };
    const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(number, number, number, (seed, one, other) => {
        expect(first(seed, one)).toEqual(first(seed, one));
        if (one !== other) expect(first(seed, one)).not.toEqual(first(seed, other));
      }),
    );
  });
});

describe('simulating', () => {
  const streams = [0, 1, 2, 3, 4, 5];

  test.each(places)('each stream has the same hits, whoever draws it: %s', async (place) => {
    const inline = await withHands(openSimulators('inline', 1), (hands) => simulate(hands, 7, streams, 500));
    const shared = await withHands(openSimulators(place, 2), (hands) => simulate(hands, 7, streams, 500));
    expect(shared.map(({ hits, fingerprint }) => [hits, fingerprint])).toEqual(
      inline.map(({ hits, fingerprint }) => [hits, fingerprint]),
    );
    expect(countAlike(shared)).toBe(0);
  });

  test('workers that are given one stream draw alike, all of them', async () => {
    const answers = await withHands(openSimulators('inline', 1), (hands) =>
      simulate(
        hands,
        7,
        streams.map(() => 3),
        500,
      ),
    );
    expect(countAlike(answers)).toBe(streams.length - 1);
  });

  test('the estimate is within 4 standard errors of the chance, which is 0.5073', async () => {
    const answers = await withHands(openSimulators('inline', 1), (hands) => simulate(hands, 1, streams, 5_000));
    expect(EXACT_CHANCE).toBeCloseTo(0.507297, 6);
    expect(standardErrorsOff(answers, 5_000)).toBeLessThan(4);
    expect(standardErrorsOff([{ hits: 100 }], 1_000)).toBeGreaterThan(20);
  });

  test('the work is done by as many processes as there are hands', async () => {
    const lanes = await withHands(openSimulators('process', 2), (hands) =>
      handOut(hands, 6, async (hand, stream) => (await hand.ask({ seed: 1, stream, groups: 3_000 })).report.lane),
    );
    expect(new Set(lanes).size).toBe(2);
    expect(lanes.every((lane) => !lane.startsWith(`${process.pid}:`))).toBe(true);
  });
});
