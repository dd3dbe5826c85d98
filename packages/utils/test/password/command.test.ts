import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endWithTest } from '../../../lab/test/ends-with-test.ts';
import { WORDS } from '../../src/password/words.ts';

const MAIN = fileURLToPath(new URL('../../src/password/main.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'password-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

function password(...argv: string[]): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const env = { ...process.env, HOME: folder, USERPROFILE: folder, TMPDIR: folder, TEMP: folder, NODE_OPTIONS: '' };
  const child = execFile(process.execPath, [MAIN, ...argv], { cwd: folder, env }, (_, out, err) =>
    resolve({ status: child.exitCode ?? -1, out, err }),
  );
  endWithTest(child);
  return promise;
}

test('by default it is one password of 20 characters with every class', async () => {
  const { status, out, err } = await password();
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toMatch(/^[!-~]{20}\n$/);
  for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9\n]/]) expect(out).toMatch(kind);
});

test('a password goes to stdout and nowhere else, and leaves no file', async () => {
  const { out, err } = await password('--count', '5', '--entropy');
  expect(out.trimEnd().split('\n')).toHaveLength(5);
  expect(err).toBe('130.9 bits: one of 2.5e39, each as likely as the others\n');
  expect(await readdir(folder)).toEqual([]);
});

test('0 leaves a class out', async () => {
  const { out } = await password('--length', '6', '--upper', '0', '--lower', '0', '--symbols', '0');
  expect(out).toMatch(/^\d{6}\n$/);
});

test('an alphabet is drawn from as it is, and only what is asked of it has to be there', async () => {
  const { out } = await password('--alphabet', 'ab1', '--length', '8', '--digits', '7', '--count', '50');
  for (const made of out.trimEnd().split('\n')) expect(made).toMatch(/^(?=(?:.*1){7})[ab1]{8}$/);
});

test('words come from the list', async () => {
  const { out } = await password('--words', '5');
  const words = out.trimEnd().split('-');
  expect(words).toHaveLength(5);
  expect(words.filter((word) => !WORDS.includes(word))).toEqual([]);
});

test("words have capitals, a digit and another separator where that is asked for, of a list of one's own", async () => {
  await writeFile(join(folder, 'words.txt'), '\ufeffrain\r\nwind\r\nsnow\r\n');
  const styled = ['--separator', '.', '--capitals', '--number', '--word-list', join(folder, 'words.txt')];
  const { out, err } = await password('--words', '3', '--entropy', ...styled);
  expect(out).toMatch(/^(?=\D*\d\D*$)(Rain|Wind|Snow)\d?(\.(Rain|Wind|Snow)\d?){2}\n$/);
  expect(err).toBe('9.6 bits: one of 810, each as likely as the others\n');
});

test('a password begins with a letter where that is asked for, also one of 4,096 characters', async () => {
  const { out } = await password('--begin-with-letter', '--length', '4096', '--count', '3');
  for (const made of out.trimEnd().split('\n')) expect(made).toMatch(/^[A-Za-z][!-~]{4095}$/);
});

test('--json is one object with the passwords, the bits and the exact count', async () => {
  const { out } = await password('--json', '--words', '4', '--count', '2');
  const { passwords, bits, possible } = JSON.parse(out) as { passwords: string[]; bits: number; possible: string };
  expect({ count: passwords.length, bits, possible }).toEqual({ count: 2, bits: 44, possible: String(2n ** 44n) });
});

describe('wrong usage is one line on stderr and status 2', () => {
  test.each([
    [
      ['--length', '4', '--upper', '3', '--digits', '3', '--lower', '0', '--symbols', '0'],
      'Expected --length to be at least 6 for the classes asked (upper 3, digits 3), got 4',
    ],
    [['--alphabet', 'abca'], "Expected --alphabet to hold every character once, got 'a' twice"],
    [['--alphabet', ''], 'Expected --alphabet to hold at least one character, got none'],
    [['--alphabet', 'abc', '--digits', '1'], 'Expected --digits to be 0, as the alphabet holds none, got 1'],
    [['--length', '0'], "Expected --length to be an integer from 1 to 4096, got '0'"],
    [['--words', 'six'], "Expected --words to be an integer from 1 to 64, got 'six'"],
    [['--words', '6', '--digits', '2'], "option '--words <n>' cannot be used with option '--digits <n>'"],
    [['--words', '6', '--begin-with-letter'], "option '--words <n>' cannot be used with option '--begin-with-letter'"],
    [['--capitals'], 'Expected --words beside --capitals, got none'],
    [['--words', '3', '--separator', ''], 'Expected --separator to be left empty only with capitals, got none'],
    [
      ['--words', '3', '--word-list', 'missing.txt'],
      "Expected --word-list to be a file of words in UTF-8, got 'missing.txt' (ENOENT)",
    ],
    [['--lenght', '9'], "unknown option '--lenght' (Did you mean --length?)"],
  ])('%j', async (argv, message) => {
    expect(await password(...argv)).toEqual({ status: 2, out: '', err: `${message}\n` });
  });
});
