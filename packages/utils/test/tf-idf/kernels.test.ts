// The kernels in WebAssembly against the same work in TypeScript, where their parts have more than one way: few and many terms
// a document, short and long tokens, memory that grows.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';
import type { TfidfOptions } from '../../src/tf-idf/index.ts';
import { KernelMemory, Stretch } from '../../src/tf-idf/kernels/kernel-memory.ts';
import { haveKernels } from '../../src/tf-idf/kernels/web-assembly.ts';
import { contentOf, fitOverLanes } from './support.ts';

const lanes = [{ bytes: 2 ** 16, documents: 64 }];

/** Tokens of two letters and of one digit: so many share eight bytes and more that what is equal is sorted over and over. */
const alike = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1'), minLength: 2, maxLength: 40 });
const common = fc.tuple(fc.constantFrom('', 'prefixed', 'prefixed_by_sixteen_bytes_and_more'), alike);
const word = common.map(([prefix, rest]) => prefix + rest);
const documents = fc.array(
  fc.array(word, { maxLength: 120 }).map((words) => words.join(' ')),
  { minLength: 1, maxLength: 6 },
);
const options: fc.Arbitrary<TfidfOptions> = fc.record({
  norm: fc.constantFrom('l1', 'l2', null),
  useIdf: fc.boolean(),
  sublinearTf: fc.boolean(),
  minDf: fc.constantFrom(1, 2),
});

describe.runIf(haveKernels())('kernels', () => {
  test('documents of many terms get the same rows, to the bit, with kernels and without', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(documents, options, async (all, wanted) => {
        const attempt = (simd: boolean) =>
          fitOverLanes(all, { ...wanted, simd }, { lanes }).catch((error: Error) => error.message);
        const byKernels = await attempt(true);
        expect(byKernels).toEqual(await attempt(false));
        if (typeof byKernels !== 'string') compared++;
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  test('n-grams, which are counted in TypeScript, get the same rows from the kernel', async () => {
    const all = Array.from({ length: 40 }, (_, n) =>
      Array.from({ length: 200 }, (__, m) => `w${(n * m * 31 + m) % 997}`).join(' '),
    );
    const wanted: TfidfOptions = { ngramRange: [1, 3] };
    expect(await fitOverLanes(all, { ...wanted, simd: true }, { lanes })).toEqual(
      await fitOverLanes(all, { ...wanted, simd: false }, { lanes }),
    );
  });

  test('a table that grows while a document is counted holds every term, and every count', async () => {
    const words = Array.from({ length: 60_000 }, (_, n) => `w${(n * 7_919) % 30_011}`);
    const { names, bits } = await fitOverLanes([words.join(' ')], { simd: true, norm: null, useIdf: false }, { lanes });
    expect(names).toEqual([...new Set(words)].toSorted());
    const values = new Float64Array(Uint8Array.fromHex(bits).buffer);
    expect(values.reduce((sum, value) => sum + value)).toBe(60_000);
  });

  test.each([
    ['İstanbul İİ', ['i', 'stanbul', 'i', 'i']],
    ['ΟΔΟΣ ΣΟΦΟΣ ΑΣ1 Σ', ['οδος', 'σοφος', 'ας1']],
    ['Ⱥb ȺȺȺȺ Kelvin', ['ⱥb', 'ⱥⱥⱥⱥ', 'kelvin']],
    ['😀𝐀𝐀 世 世界 é éa', ['𝐀𝐀', '世界', 'éa']],
  ])('%s is lower-cased and split as the engine does', async (text, tokens) => {
    const { names } = await fitOverLanes([text], { simd: true }, { lanes });
    const kept = tokens.filter((token) => Array.from(token).length > 1);
    expect(new Set(names)).toEqual(new Set(kept));
  });

  test('a vectorizer fitted with kernels transforms without them to the same bits, and the other way round', async () => {
    const texts = ['Some words and some more', 'more words of a_longer_kind_than_sixteen_bytes'];
    const rows = [];
    for (const simd of [true, false]) {
      for (const again of [true, false]) {
        const fitted = await new TfidfVectorizer({ simd, threads: 1 }).fit(texts);
        const other = new TfidfVectorizer({ simd: again, threads: 1, vocabulary: fitted.getFeatureNamesOut() });
        await other.fit(texts);
        rows.push(contentOf(await fitted.transform(['more and more unknown words'])));
        rows.push(contentOf(await other.transform(['more and more unknown words'])));
      }
    }
    for (const row of rows) expect(row).toEqual(rows[0]);
  });

  test.each([
    ['used from 256 KiB of text on', undefined, 2 ** 18, true],
    ['not used for less', undefined, 2 ** 17, false],
    ['used for less where that is asked for', true, 100, true],
    ['not used where that is asked for', false, 2 ** 18, false],
  ] as const)('they are %s', async (_, simd, bytes, used) => {
    KernelMemory.borrow(); // what is kept of others
    await new TfidfVectorizer({ threads: 1, ...(simd !== undefined && { simd }) }).fitTransform([
      'word '.repeat(bytes / 5 + 1),
    ]);
    expect(KernelMemory.borrow().bytes.length > 2 ** 20).toBe(used);
  });

  test('memory that is given back is used again, and what a stretch holds stays when it grows', () => {
    const memory = KernelMemory.borrow();
    const stretch = new Stretch(memory, 100);
    memory.bytes.fill(7, stretch.place, stretch.place + 100);
    const place = stretch.reserve(200_000, 100);
    expect(memory.bytes.slice(place, place + 100).every((byte) => byte === 7)).toBe(true);
    memory.release(place, 200_000);
    expect(memory.allocate(200_000)).toBe(place);
    expect(
      memory.bytes
        .subarray(memory.allocateZeros(1_000))
        .subarray(0, 1_000)
        .some((byte) => byte !== 0),
    ).toBe(false);
    const other = KernelMemory.borrow();
    expect(other).not.toBe(memory);
    memory.giveBack();
    expect(KernelMemory.borrow()).toBe(memory);
  });
});
