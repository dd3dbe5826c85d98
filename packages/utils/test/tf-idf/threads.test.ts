import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';
import { threadsGivenDocuments } from '../../src/tf-idf/proof/threads-given-documents.ts';
import { digestOf } from './support.ts';

/** Some 3 MB: a batch for each of three threads. */
const TEXTS = Array.from({ length: 1_800 }, (_, n) =>
  Array.from({ length: 300 }, (__, m) => `w${((n % 40) * m * 31 + m) % 9_973}`).join(' '),
);

const threadsNow = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort').length;

test('any number of threads gives the same bits, in fitTransform and in transform', async () => {
  await using one = new TfidfVectorizer({ threads: 1, ngramRange: [1, 2], maxFeatures: 5_000 });
  const rows = digestOf(await one.fitTransform(TEXTS));
  const again = digestOf(await one.transform(TEXTS.slice(7)));
  for (const threads of [2, 3]) {
    await using many = new TfidfVectorizer({ threads, ngramRange: [1, 2], maxFeatures: 5_000 });
    const fit = async (): Promise<void> => expect(digestOf(await many.fitTransform(TEXTS))).toEqual(rows);
    expect(await threadsGivenDocuments(fit)).toBe(threads);
    expect(digestOf(await many.transform(TEXTS.slice(7)))).toEqual(again);
    expect(many.getFeatureNamesOut()).toEqual(one.getFeatureNamesOut());
    expect(many.idf).toEqual(one.idf);
  }
});

test('several calls at once on the same threads do not mix', async () => {
  await using vectorizer = new TfidfVectorizer({ threads: 2 });
  await vectorizer.fit(TEXTS);
  const parts = [TEXTS.slice(0, 900), TEXTS.slice(900, 1_000), TEXTS.slice(1_000)];
  const inTurn = [];
  for (const part of parts) inTurn.push(digestOf(await vectorizer.transform(part)));
  const atOnce = await Promise.all(parts.map(async (part) => digestOf(await vectorizer.transform(part))));
  expect(atOnce).toEqual(inTurn);
});

test.each([1, 2])(
  'an abort on %i threads rejects with its reason at once, and leaves what was fitted',
  async (threads) => {
    await using vectorizer = new TfidfVectorizer({ threads });
    await vectorizer.fit(['before']);
    const abort = new AbortController();
    let given = 0;
    async function* endless(): AsyncIterable<string> {
      for (;;) {
        if (given++ === 3_000) abort.abort(new Error('enough'));
        yield TEXTS[given % TEXTS.length]!;
      }
    }
    await expect(vectorizer.fit(endless(), { signal: abort.signal })).rejects.toThrow('enough');
    expect(given).toBeLessThan(8_000); // what fits into the batches under way, no more
    expect(vectorizer.getFeatureNamesOut()).toEqual(['before']);
    await expect(vectorizer.fit(TEXTS, { signal: abort.signal })).rejects.toThrow('enough');
  },
);

test('a timer can abort a run on one thread: the event loop turns between two batches', async () => {
  const vectorizer = new TfidfVectorizer({ threads: 1 });
  const texts = Array.from({ length: 100 }, () => TEXTS).flat();
  await expect(vectorizer.fit(texts, { signal: AbortSignal.timeout(20) })).rejects.toThrow('timeout');
});

test('disposing ends the threads, in the middle of a call too, which then rejects', async () => {
  const before = threadsNow();
  const vectorizer = new TfidfVectorizer({ threads: 2 });
  await vectorizer.fit(TEXTS);
  const running = vectorizer.fit(TEXTS);
  await Promise.all([expect(running).rejects.toThrow('it has been disposed of'), vectorizer[Symbol.asyncDispose]()]);
  expect(threadsNow()).toBe(before);
});

test('a program that forgets to dispose of it ends all the same', () => {
  const url = new URL('../../src/tf-idf/index.ts', import.meta.url).href;
  const program = `
    const { TfidfVectorizer } = await import('${url}');
    const vectorizer = new TfidfVectorizer({ threads: 2 });
    console.log((await vectorizer.fitTransform(['one two', 'two'])).nnz);`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect([stdout.trim(), status]).toEqual(['3', 0]);
});
