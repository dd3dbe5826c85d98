// What scikit-learn 1.2.1 made of documents, kept in data/golden: make_golden.py makes it again.

import { describe, expect, test } from 'vitest';
import { contentOf } from '../support.ts';
import { attempt, expectAnswer, open, optionsOf, readCases } from './requests.ts';

/** The message here for each of scikit-learn's refusals, by the name of the case. */
const REFUSALS: Readonly<Record<string, string>> = {
  'bytes refused': 'Expected document 1 to be UTF-8, got other bytes in it',
  'n-grams the wrong way round':
    'Expected `ngramRange` to be [least, most], integers from 1 up with least <= most, got [3,2]',
  'an analyzer that is not there': "Expected `analyzer` to be 'word', 'char', 'char_wb' or a function, got 'chars'",
  'accents that are not there': "Expected `stripAccents` to be 'ascii', 'unicode' or a function, got 'latin'",
  'an object with a gap': "Expected `vocabulary` to have each column from 0 to 1 once, got 2 for 'one'",
  'an object with a column twice': "Expected `vocabulary` to have each column from 0 to 1 once, got 0 for 'one'",
  'an idf of the wrong length': 'Expected `idf` to have 2 numbers, one for each column, got 1',
  'an idf that is not used': 'Expected `useIdf` to be true for an idf, got false',
  'transform before fit': 'Expected the vectorizer to be fitted before, it is not',
  'into more than there can be': 'Expected `nFeatures` to be an integer from 1 to 2147483646, got 2147483647',
  'no column': 'Expected `nFeatures` to be an integer from 1 to 2147483646, got 0',
};

const all = ['analysis', 'vocabulary', 'counts', 'hashing'].flatMap((file) =>
  readCases(file).map((golden) => ({ file, name: golden.request.name, golden })),
);

describe('structure and values are those of scikit-learn, to the last bit where they are doubles', () => {
  test.for(all.filter(({ golden }) => golden.answer.error === undefined))('$file: $name', async ({ golden }) => {
    const { most } = await expectAnswer(golden, { threads: 1 });
    if (golden.request.options['dtype'] !== 'float32') expect(most).toBe(0);
  });
});

describe('two threads give the bits of one, where no function is among the options', () => {
  const alone = (value: unknown): boolean => typeof value === 'function';
  const shared = all.filter(
    ({ golden: { request, answer } }) =>
      answer.error === undefined && !Object.values(optionsOf(request)).some(alone) && request.docs !== undefined,
  );
  test('there are such cases of every analyzer', () => expect(shared.length).toBeGreaterThan(25));
  test.for(shared)('$file: $name', async ({ golden }) => {
    const [one, two] = [await expectAnswer(golden, { threads: 1 }), await expectAnswer(golden, { threads: 2 })];
    expect(contentOf(two.matrix!)).toEqual(contentOf(one.matrix!));
  });
});

describe('what scikit-learn refuses is refused', () => {
  const refused = all.filter(({ golden }) => golden.answer.error !== undefined);
  test('every refusal has its message', () => {
    expect(refused.map(({ name }) => name).toSorted()).toEqual(Object.keys(REFUSALS).toSorted());
  });
  test.for(refused)('$file: $name', async ({ name, golden }) => {
    await expect(attempt(golden.request)).rejects.toThrow(REFUSALS[name]!);
  });
});

/** scikit-learn's words for each code. */
const SAID: Readonly<Record<string, RegExp>> = {
  'capitals-in-vocabulary': /^Upper case characters found in vocabulary/,
  'inconsistent-stop-words': /^Your stop_words may be inconsistent/,
  'unused-option': /^The parameter '\w+' will not be used/,
};

describe('what scikit-learn warns of is warned of, once, and nothing else', () => {
  test.for([...readCases('warnings'), ...readCases('vocabulary'), ...readCases('counts')])(
    '$request.name',
    ({ request, answer }) => {
      const codes: string[] = [];
      if (answer.error !== undefined) return;
      open(request, { onWarning: ({ code }: { code: string }) => codes.push(code) });
      const said = answer.warnings ?? [];
      expect(codes.map((code) => said.some((message) => SAID[code]!.test(message)))).toEqual(said.map(() => true));
    },
  );
});
