import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pitfalls } from '../src/pitfalls.ts';
import { playQuiz, tellScore } from '../src/quiz/quiz.ts';

const some = pitfalls.filter(({ name }) => ['nested-array', 'copies', 'views'].includes(name));

/** A reader who gives these answers, one after another. */
function reader(answers: readonly (string | undefined)[]) {
  const asked: string[] = [];
  return {
    asked,
    ask: (question: string) => Promise.resolve(answers[asked.push(question) - 1]),
  };
}

test('a reader who gives the expected answers has none right', async () => {
  const { ask } = reader(some.map(({ expected }) => expected));
  expect(await playQuiz(some, () => {}, ask)).toEqual({ right: 0, asked: 3, cancelled: false });
});

test('a reader who gives the right answers has all right', async () => {
  const { ask } = reader(await Promise.all(some.map(async (pitfall) => pitfall.happens())));
  const score = await playQuiz(some, () => {}, ask);
  expect(tellScore(score)).toBe('3 of 3 right');
});

test('a reader who ends the quiz keeps the score so far', async () => {
  const { ask, asked } = reader([await some[0]!.happens(), undefined]);
  expect(await playQuiz(some, () => {}, ask)).toEqual({ right: 1, asked: 1, cancelled: true });
  expect(asked).toHaveLength(2);
});

test('the lines are shown before the question, and the answer after it', async () => {
  const events: string[] = [];
  await playQuiz(
    some.slice(0, 1),
    (text) => events.push(text.includes('fill([])') ? 'lines' : text.startsWith('What happens') ? 'answer' : 'other'),
    (question) => {
      events.push('asked');
      return Promise.resolve(question);
    },
  );
  expect(events.filter((event) => event !== 'other')).toEqual(['lines', 'asked', 'answer']);
});

test('without a terminal the quiz shows everything and asks nothing', async () => {
  const { status, stdout, stderr } = command('--quiz', 'nested-array');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toContain('│ const grid = new Array<number[]>(3).fill([]);');
  expect(stdout).toContain('What happens: [ [ 1 ], [ 1 ], [ 1 ] ]');
  expect(stdout).not.toContain('right');
});

test('mistakes beside --quiz are reported in one line, with status 2', () => {
  expect(command('--quiz', '--json')).toMatchObject({
    status: 2,
    stderr: 'Expected --quiz alone or with recipes, got another option with it\n',
  });
  expect(command('--quiz', 'nested-aray')).toMatchObject({
    status: 2,
    stderr: "Expected the name of a chapter or a recipe, got 'nested-aray': did you mean 'nested-array'?\n",
  });
});

test('the help names --quiz beside the options of every chapter', () => {
  const { status, stdout } = command('--help');
  expect(status).toBe(0);
  expect(stdout).toContain('--time-budget');
  expect(stdout).toContain('--quiz');
});

function command(...args: string[]) {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  return { status, stdout, stderr };
}
