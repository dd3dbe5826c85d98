// Random corpora and options, answered by the scikit-learn of this machine, with and without numpy's SIMD. Debian's
// python3-sklearn is one; where there is none, these tests are skipped.

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { lookForPythons, runPython } from '@cookbook/lab/python';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAnswer } from './requests.ts';
import type { Answer, Request } from './requests.ts';

interface Answered {
  readonly missing?: true;
  readonly versions: Readonly<Record<'sklearn' | 'unicode', string>>;
  readonly answers: readonly Answer[];
}

const folder = mkdtempSync(join(realpathSync(os.tmpdir()), 'cookbook-sklearn-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

/** Letters that Unicode has had for long, marks, all white space there is, and what only looks like it. */
const character = fc.oneof(
  { weight: 8, arbitrary: oneOf('abcdeABCDE01_-.,/') },
  { weight: 3, arbitrary: oneOf('éÉßẞσςΣıİﬁ½Ａ\u0301\u0307\u0323\u0345\u0334世かカ\u094D가𐐀𐐨😀') },
  {
    weight: 3,
    arbitrary: oneOf(' \t\n\v\f\r\x1C\x1D\x1E\x1F\x85\xA0\u1680\u2000\u2028\u2029\u202F\u3000'),
  },
  { weight: 1, arbitrary: oneOf('\0\uFEFF\u200B\u180E\u2060') },
);
const text = fc.oneof(
  fc.string({ unit: character, maxLength: 60 }),
  fc
    .array(fc.constantFrom('the', 'The', 'café', 'cafe\u0301', 'data', 'x', 'naïve data'), { maxLength: 20 })
    .map((words) => words.join(' ')),
  fc.array(fc.nat(400), { maxLength: 300 }).map((words) => words.map((word) => `w${word}`).join(' ')),
);
const documents = fc.array(text, { minLength: 3, maxLength: 10 }).map((all) => ['data the x', ...all]);
const ngrams = fc.constantFrom([1, 1], [1, 2], [2, 3], [3, 5]);

const analysis = fc.oneof(
  fc.record({ ngram_range: ngrams, stop_words: fc.constantFrom('english', ['the', 'x'], null) }),
  fc.record({ analyzer: fc.constantFrom('char', 'char_wb'), ngram_range: ngrams }),
);
const common = fc.record(
  { lowercase: fc.boolean(), strip_accents: fc.constantFrom('ascii', 'unicode', null), binary: fc.boolean() },
  { requiredKeys: [] },
);
const dtype = fc.constantFrom('float64', 'float64', 'float32');
const columns = fc.record(
  {
    min_df: fc.constantFrom({ count: 1 }, { count: 2 }, { fraction: 0.2 }),
    max_df: fc.constantFrom({ fraction: 0.9 }),
  },
  { requiredKeys: [] },
);
const weights = fc.record(
  {
    use_idf: fc.boolean(),
    smooth_idf: fc.boolean(),
    sublinear_tf: fc.boolean(),
    norm: fc.constantFrom('l1', 'l2', null),
    dtype,
  },
  { requiredKeys: [] },
);
const hashing = fc.record(
  {
    n_features: fc.constantFrom(1, 3, 64, 1_000, 2 ** 20, 2 ** 31 - 2),
    alternate_sign: fc.boolean(),
    norm: fc.constantFrom('l1', 'l2', null),
    dtype,
  },
  { requiredKeys: [] },
);

const of = (vectorizer: Request['vectorizer'], ...parts: fc.Arbitrary<object>[]): fc.Arbitrary<Request> =>
  fc.record({
    name: fc.constant('live'),
    vectorizer: fc.constant(vectorizer),
    options: fc.tuple(analysis, common, ...parts).map((all) => Object.assign({}, ...all) as Request['options']),
    docs: documents,
    // A fitted state is learnt from other documents; a stateless one is seen twice.
    others: documents,
  });

const REQUESTS: readonly Request[] = [
  of('TfidfVectorizer', columns, weights),
  of('CountVectorizer', columns),
  of('HashingVectorizer', hashing),
].flatMap((request, kind) => fc.sample(request, { numRuns: 60, seed: 1_234 + kind }));

describe.each([
  ['with SIMD', true],
  ['without SIMD', false],
])('%s', (_, simd) => {
  let answered: Answered | undefined;
  beforeAll(async () => {
    const { found } = await lookForPythons([['/usr/bin/python3'], ['python3'], ['python']], 20_000);
    const file = join(folder, `requests-${simd}.json`);
    writeFileSync(file, JSON.stringify({ simd, requests: REQUESTS }));
    const python = found.find(({ lock }) => lock);
    if (python === undefined) return;
    const answer = await runPython(python, new URL('./answer.py', import.meta.url), [file], { limit: 120_000 });
    if ((answer as Answered).missing !== true) answered = answer as Answered;
  }, 150_000);

  test.for(['TfidfVectorizer', 'CountVectorizer', 'HashingVectorizer'] as const)(
    '%s answers as scikit-learn does, or refuses where it refuses',
    async (kind, { skip }) => {
      if (answered === undefined) return skip('no Python with scikit-learn here: apt-get install python3-sklearn');
      let compared = 0;
      for (const [n, request] of REQUESTS.entries()) {
        if (request.vectorizer !== kind) continue;
        const answer = answered.answers[n]!;
        const outcome = expectAnswer({ request, answer }, { threads: 1 });
        if (answer.error === undefined) {
          await outcome.catch((error: unknown) => {
            throw new Error(`request ${n}: ${JSON.stringify(request.options)}`, { cause: error });
          });
          compared++;
        } else {
          await expect(outcome, `${answer.message}, for ${JSON.stringify(request.options)}`).rejects.toThrow(
            /^Expected /,
          );
        }
      }
      expect(compared).toBeGreaterThan(40);
    },
  );
});
