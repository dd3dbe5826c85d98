import { expect, test } from 'vitest';
import { claimLines, closingLines, summarize, widthOf } from '../../src/run/lines.ts';
import type { JsonClaim } from '../../src/show/json.ts';

const claim: JsonClaim = {
  id: 'threads/race',
  question: 'Can two threads count?',
  says: 'They cannot.',
  from: ['QA'],
  inNode: 'yes',
  answer: 'They lose counts.',
  verdict: 'holds',
  headline: 'Two threads counting with ++ lost 37 % of the counts (34 to 40 %). With Atomics.add they lost none.',
  figures: [],
  seconds: 1,
};
const python = {
  interpreter: 'CPython 3.13.0',
  lock: true,
  verdict: 'holds',
  headline: 'It lost 3.',
  figures: [],
} as const;

test('a line keeps within the screen, its later lines stand below its words, and the folder comes last', () => {
  expect(claimLines(claim, 6, 60).split('\n')).toEqual([
    '✓ race    Two threads counting with ++ lost 37 % of the',
    '          counts (34 to 40 %). With Atomics.add they lost',
    '          none.  packages/threads/src/race',
  ]);
});

test('a name that is longer than the column moves its own words alone', () => {
  const long = { ...claim, id: 'threads/more-threads-than-cores' };
  const width = widthOf([claim, long]);
  expect(width).toBe(16);
  expect(claimLines(long, width, 60).split('\n').slice(0, 2)).toEqual([
    '✓ more-threads-than-cores  Two threads counting with ++ lost',
    '                    37 % of the counts (34 to 40 %). With',
  ]);
});

test('the lock is named where it sets two Pythons apart, and where there is none', () => {
  const pythons = (...[first, ...others]: JsonClaim['python'][]) =>
    claimLines({ ...claim, headline: 'It is so.', python: { ...first!, others: others as [] } }, 4, 100)
      .split('\n')
      .slice(1);
  const free = { ...python, lock: false, verdict: 'refuted', headline: 'It lost none.', others: [] } as const;
  expect(pythons({ ...python, others: [] })).toEqual(['  Python 3.13.0: the post is right: It lost 3.']);
  expect(pythons({ ...python, others: [] }, free)).toEqual([
    '  Python 3.13.0 with the lock: the post is right: It lost 3.',
    '  Python 3.13.0 without the lock: the post is wrong here: It lost none.',
  ]);
  expect(pythons(free)).toEqual(['  Python 3.13.0 without the lock: the post is wrong here: It lost none.']);
});

test('a count names what does not hold, with its chapter where there are several', () => {
  const kill = { ...claim, id: 'threads/kill', verdict: 'refuted' } as const;
  expect(summarize([claim, kill])).toBe('2 claims: 1 holds, 1 refuted (kill)');
  expect(summarize([{ ...claim, id: 'utils/rename', qualifier: 'restricted' }, kill])).toBe(
    '2 claims: 1 holds (1 restricted), 1 refuted (threads/kill)',
  );
});

test('of a single claim the line says it all; what no Python was there for is said once', () => {
  const none = {
    interpreter: 'Python',
    verdict: 'cannot-show',
    reason: 'none found',
    figures: [],
    others: [],
  } as const;
  expect(closingLines([claim], 80)).toBe('');
  expect(
    closingLines(
      [
        { ...claim, python: none },
        { ...claim, python: none },
      ],
      80,
    ),
  ).toBe('2 claims: 2 hold\nThe Python half of 2 claims cannot be shown here: none found.');
});

test('a Python that has nothing to say ends its sentence with the verdict', () => {
  const silent = { interpreter: 'CPython 3.13.0', lock: true, verdict: 'holds', figures: [], others: [] } as const;
  expect(
    claimLines({ ...claim, python: silent }, 4, 100)
      .split('\n')
      .at(-1),
  ).toBe('  Python 3.13.0: the post is right.');
});
