import { expect, test } from 'vitest';
import { darkScreen } from '../../src/claim/verify.ts';
import { chooseIds } from '../../src/run/arguments.ts';
import { runClaims, statusOf } from '../../src/run/runner.ts';
import type { Run } from '../../src/run/runner.ts';
import type { JsonClaim } from '../../src/show/json.ts';

const words = (id: string) =>
  ({ id, question: `${id}?`, says: 'It is.', from: ['ours'], inNode: 'no', answer: `${id}.` }) as const;
const groups = [
  { title: 'One', claims: [words('one/a'), words('one/b')] },
  { title: 'Two', claims: [words('two/a')] },
];

/** What was printed, and what was left. */
async function play(change: Partial<Run>): Promise<{ printed: string[]; left: string[] }> {
  const printed: string[] = [];
  const screen = { ...darkScreen, print: (text: string) => void printed.push(text) };
  const measure = async (id: string): Promise<JsonClaim> => ({
    ...words(id),
    verdict: 'holds',
    figures: [],
    seconds: 1,
  });
  return { left: await runClaims({ groups, names: [], screen, measure, ...change }), printed };
}

test('claims run in reading order under their headings', async () => {
  const { printed, left } = await play({});
  expect(printed.map((text) => text.trim().slice(0, 5))).toEqual(['One', '✓ a  ', '✓ b  ', 'Two', '✓ a  ']);
  expect(left).toEqual([]);
});

test('another order repeats the headings; what it does not choose is returned; what is left out has no line', async () => {
  const order = ['one/b', 'two/a'];
  const { printed, left } = await play({
    next: (ids) => order.find((id) => ids.includes(id)),
    measure: async () => undefined,
  });
  expect(printed).toEqual(['\nOne', '\nTwo']);
  expect(left).toEqual(['one/a']);
});

test('what is claimed stands above the line of a recipe that was asked for by its name or its id, not of a chapter', async () => {
  const introduced = async (...names: string[]) => (await play({ names })).printed.filter((text) => text.includes('?'));
  expect(await introduced('one')).toEqual([]);
  expect(await introduced('two/a')).toHaveLength(1);
  expect(await introduced('a')).toHaveLength(2);
});

test('names are those of chapters, recipes and ids', () => {
  const ids = groups.flatMap(({ claims }) => claims.map(({ id }) => id));
  expect([[], ['one'], ['a'], ['two/a', 'b']].map((names) => chooseIds(names, ids))).toEqual([
    ids,
    ['one/a', 'one/b'],
    ['one/a', 'two/a'],
    ['one/b', 'two/a'],
  ]);
  expect(() => chooseIds(['two/b'], ids)).toThrow("got 'two/b': did you mean 'two/a'?");
});

test.each([
  [['holds', 'cannot-show'], false, 0],
  [['holds', 'cannot-show'], true, 0],
  [['holds', 'inconclusive'], false, 0],
  [['holds', 'inconclusive'], true, 3],
  [['refuted', 'holds'], false, 1],
  [['refuted', 'inconclusive'], true, 1],
] as const)('the exit status of %j, strict %j, is %i', (verdicts, strict, status) => {
  expect(
    statusOf(
      verdicts.map((verdict) => ({ verdict })),
      strict,
    ),
  ).toBe(status);
});
