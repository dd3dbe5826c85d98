// The command itself, on a project that is made for it.

import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { isLeftBehind, start } from '../../lab/test/run-program.ts';
import type { Ended } from '../../lab/test/run-program.ts';
import { makeProject } from './project.ts';
import type { Written } from './project.ts';

const MAIN = new URL('../src/main.ts', import.meta.url);
const TEST_MS = 120_000;
const RECIPE = 'packages/toy/src/sum/recipe.ts';

const common = { file: './recipe.ts', find: 'total += number', why: 'A mistake.', tests: ['test/sum.test.ts'] };
const subtract = { ...common, id: 'subtract', replace: 'total -= number', seenBy: ['claim', 'test'] };
const greet = { ...common, id: 'greet', find: 'The sum is', replace: 'A sum is', seenBy: ['claim'] };
const PID = "process.getBuiltinModule('node:fs').writeFileSync(process.env['PID_FILE']!, String(process.pid));";
const hang = { ...common, id: 'hang', replace: `{ ${PID} for (;;) total += number; }`, seenBy: ['claim'] };
const missing = { ...common, id: 'missing', find: 'total *= number', replace: '', seenBy: ['test'] };
const cut = { ...common, id: 'cut', replace: 'total += (', seenBy: ['test'] };
const unseen = { ...subtract, id: 'unseen', claims: ['absent'], seenBy: ['claim'] };
const needless = { ...subtract, id: 'needless', claims: ['wrong'], seenBy: ['claim'] };

let home: string;
let root: string;

beforeAll(() => {
  home = realpathSync(mkdtempSync(path.join(tmpdir(), 'sabotage-test-')));
  mkdirSync(path.join(home, 'tmp'));
  root = makeProject(home, [subtract, greet, hang, missing, cut, unseen, needless]);
});
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

interface Printed {
  readonly patches: { id: string; result: string; reason?: string; seen: { observer: string; word: string }[] }[];
}

/** Where a claim that hangs says which process it is. */
function pidFile(): string {
  return path.join(home, 'pid');
}

function sabotage(...args: string[]) {
  const tmp = path.join(home, 'tmp');
  const env = { ...process.env, TMPDIR: tmp, TEMP: tmp, PID_FILE: pidFile() };
  return start(MAIN, ['--root', root, ...args], { env });
}

function expectNothingLeft(): void {
  expect(globSync('*', { cwd: path.join(home, 'tmp') }).filter((name) => name.startsWith('sabotage'))).toEqual([]);
  expect(readFileSync(path.join(root, RECIPE), 'utf8')).toContain(common.find);
}

/** The only patch of a run, with its exit status. */
async function runOne(name: string, ...args: string[]) {
  const { code, stdout, stderr }: Ended = await sabotage(name, '--json', ...args).ended;
  const [patch] = (JSON.parse(stdout) as Printed).patches;
  return { code, stderr, ...patch!, words: patch!.seen.map(({ observer, word }) => `${observer} ${word}`) };
}

describe('of a patch it says', { timeout: TEST_MS }, () => {
  test('that it is seen, where the tests are red and the claim is refuted', async () => {
    const { code, result, words } = await runOne('subtract');
    expect([code, result, ...words]).toEqual([0, 'seen', 'test red', 'claim refuted']);
    expectNothingLeft();
  });

  test('that it survived, with its mistake and the verdict, and exits with 1', async () => {
    const { code, stdout } = await sabotage('greet').ended;
    expect(stdout).toMatch(/toy\/sum\/greet +holds +\d+ +SURVIVED/);
    expect(stdout).toContain('SURVIVED toy/sum/greet\n  A mistake.\n  toy/sum: holds');
    expect(stdout).toContain('0 of 1 patches seen, 1 survived');
    expect(code).toBe(1);
  });

  test('that its claim hangs, and ends it', async () => {
    const { code, result, reason } = await runOne('hang', '--limit', '10');
    expect([code, result, reason]).toEqual([1, 'hangs', 'toy/sum: no verdict within 10 s']);
    expectNothingLeft();
  });

  test.each([
    [
      'missing',
      /^Expected the text to occur once in packages\/toy\/src\/sum\/recipe\.ts, got 0 times: total \*= number$/,
    ],
    ['cut', /^Expected packages\/toy\/src\/sum\/recipe\.ts to be TypeScript with the patch in it: /],
  ])('that %s cannot be put in', async (name, expected) => {
    const { code, result, reason } = await runOne(name);
    expect([code, result]).toEqual([1, 'broken']);
    expect(reason).toMatch(expected);
  });

  test.each([
    ['refuted', 'needless', 'without the patch toy/wrong: refuted'],
    ['not shown', 'unseen', 'without the patch toy/absent: cannot-show. this is another machine'],
  ])('that nothing can be told of it, where its claim is %s without it', async (_, name, expected) => {
    const { code, result, reason } = await runOne(name);
    expect([code, result]).toEqual([3, 'cannot tell']);
    expect(reason).toContain(expected);
  });
});

test.each<[NodeJS.Signals, number | null]>([
  ['SIGINT', 130],
  ['SIGKILL', null],
])('%s ends the claim that hangs too', { timeout: TEST_MS }, async (signal, status) => {
  rmSync(pidFile(), { force: true });
  const running = sabotage('hang', '--limit', '100');
  await expect
    .poll(() => existsSync(pidFile()) && readFileSync(pidFile(), 'utf8'), { timeout: 60_000 })
    .toMatch(/^\d+$/);
  const pid = Number(readFileSync(pidFile(), 'utf8'));
  onTestFinished(() => endForCertain(pid));
  running.child.kill(signal);
  const { code } = await running.ended;
  expect(code).toBe(status);
  expect(await isLeftBehind(pid)).toBe(false);
  if (signal !== 'SIGKILL') expectNothingLeft(); // after that one nobody is there to remove the copy
});

/** Where the command does not end it, the test has to. */
function endForCertain(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

test.each<[string, string[], string]>([
  ['a name that stands for nothing', ['subtrat'], "got 'subtrat': did you mean 'subtract'?"],
  ['a limit that is none', ['--limit', 'x'], "Expected --limit to be a number above 0, got 'x'"],
])('%s is one line and status 2', async (_, args, message) => {
  const { code, stdout, stderr } = await sabotage(...args).ended;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
});

test.each<[string, Written, string]>([
  ['without a reason', { ...subtract, why: '' }, '/0/why must NOT have fewer than 1 characters'],
  ['with an unknown observer', { ...subtract, seenBy: ['reader'] }, '/0/seenBy/0 must be equal to one of'],
  ['without the tests that have to see it', { ...subtract, tests: undefined }, 'to name the tests'],
  ['without an edit', { ...subtract, find: undefined }, '/0 must'],
])('a patch %s is refused', async (_, patch, message) => {
  const folder = mkdtempSync(path.join(home, 'refused-'));
  const { code, stderr } = await start(MAIN, ['--root', makeProject(folder, [patch]), '--list']).ended;
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
