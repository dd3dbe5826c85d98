import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { endWithTest } from '../../../../lab/test/ends-with-test.ts';
import { folderOf } from './support.ts';

const MAIN = fileURLToPath(new URL('../../../src/tf-idf/main.ts', import.meta.url));

async function tfIdf(cwd: string, argv: readonly string[], { env = {}, flags = [] as string[], input = '' } = {}) {
  const child = endWithTest(
    spawn(process.execPath, [...flags, MAIN, ...argv], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '0', ...env },
    }),
  );
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, out, err };
}

const NOTES = {
  'a.txt': 'A mutex lets one thread in.\nThe others wait.\n',
  'b.txt': 'Threads share memory: a race.\nA Mutex mends the race.\n',
  'c.txt': 'Nothing of that kind.\n',
  'd.bin': new Uint8Array([109, 117, 0, 1]),
};

test('the documents that fit best come first, with shares and lines, plain in a pipe', async () => {
  const { status, out, err } = await tfIdf(folderOf(NOTES), ['search', 'mutex race zebra', '*']);
  expect({ status, err }).toEqual({ status: 0, err: "no document has 'zebra'\n" });
  expect(out.replaceAll(/\d\.\d{2}|\d+ %/g, '#').split('\n')).toEqual([
    '#  b.txt  (race #, mutex #)',
    '  1: Threads share memory: a race.',
    '  2: A Mutex mends the race.',
    '',
    '#  a.txt  (mutex #)',
    '  1: A mutex lets one thread in.',
    '',
    '2 of 3 documents; 1 binary file passed over',
    '',
  ]);
});

test('words of the query are highlighted where there are colours', async () => {
  const { out } = await tfIdf(folderOf(NOTES), ['search', 'MUTEX', 'b.txt'], { env: { FORCE_COLOR: '1' } });
  expect(out).toContain('A \u001b[1m\u001b[31mMutex\u001b[39m\u001b[22m mends');
});

test('an index answers as the files do, and a file that changed, or is gone, since is reported', async () => {
  const folder = folderOf(NOTES);
  const made = await tfIdf(folder, ['index', 'a.txt', 'b.txt', 'c.txt', '--out', 'notes.index']);
  expect(made).toMatchObject({ status: 0, err: '' });
  expect(made.out).toMatch(/^3 documents, \d+ terms\n$/);
  const search = () => tfIdf(folder, ['search', 'mutex', '--index', 'notes.index']);
  expect(await search()).toEqual(await tfIdf(folder, ['search', 'mutex', 'a.txt', 'b.txt', 'c.txt']));
  rmSync(join(folder, 'a.txt'));
  writeFileSync(join(folder, 'b.txt'), 'Another mutex.\n');
  const { out } = await search();
  expect(out).toMatch(/a\.txt .*\n {2}\(cannot be read any more\)\n/);
  expect(out).toMatch(/b\.txt .*\n {2}\(has changed since it was indexed\)\n {2}1: Another mutex\.\n/);
});

test('- is the standard input, by lines or whole, and an index of it says that it is gone', async () => {
  const folder = folderOf({});
  const input = 'first\nthe race\n';
  const { out } = await tfIdf(folder, ['search', 'race', '-', '--lines'], { input });
  expect(out).toMatch(/^\d\.\d\d {2}-:2 {2}\(race 100 %\)\n {2}2: the race\n\n1 of 2 documents\n$/);
  expect((await tfIdf(folder, ['search', 'race', '-'], { input })).out).toContain('  2: the race\n');
  await tfIdf(folder, ['index', '-', '--out', 'x.index'], { input });
  expect((await tfIdf(folder, ['search', 'race', '--index', 'x.index'])).out).toContain(
    '(was the standard input when it was indexed)',
  );
});

test('what is searched for in place of a slip is printed, and --exact leaves it alone', async () => {
  const { status, out, err } = await tfIdf(folderOf(NOTES), ['search', 'mutx', 'a.txt']);
  expect({ status, err }).toEqual({
    status: 0,
    err: 'searched for: mutex (typed: mutx; --exact searches for that alone)\n',
  });
  expect(out).toContain('A mutex lets one thread in.');
  expect(await tfIdf(folderOf(NOTES), ['search', 'mutx', 'a.txt', '--exact'])).toMatchObject({
    status: 1,
    err: "no document has 'mutx'\n0 of 1 document\n",
  });
});

test('a file that is found by its name alone is shown so', async () => {
  const { out } = await tfIdf(folderOf({ 'notes/mutex.md': 'Nothing here.' }), ['search', 'mutex', 'notes']);
  expect(out).toMatch(/\d\.\d\d {2}notes.mutex\.md {2}\(mutex 100 %\)\n {2}\(in its name\)\n/);
});

test('--json is one object with places, shares and marks', async () => {
  const folder = folderOf({ 'log.txt': 'first\n\nthe race and a Race\n' });
  const argv = ['search', 'race', '--lines', 'log.txt', '--json', '--rank', 'cosine'];
  const { status, out } = await tfIdf(folder, argv);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual({
    query: 'race',
    rank: 'cosine',
    unknown: [],
    corrected: [],
    documents: 2,
    found: 1,
    skipped: { binary: 0, unreadable: 0, badRecords: 0 },
    results: [
      {
        file: 'log.txt',
        line: 3,
        score: expect.closeTo(2 / Math.sqrt(7), 9), // of the, race twice, and, a
        terms: [{ term: 'race', share: 1 }],
        lines: [
          {
            line: 3,
            text: 'the race and a Race',
            marks: [
              [4, 8],
              [15, 19],
            ],
          },
        ],
      },
    ],
  });
});

test('scores lists the terms of each document', async () => {
  const { status, out } = await tfIdf(folderOf(NOTES), ['scores', 'a.txt', 'b.txt', '--limit', '2']);
  expect(status).toBe(0);
  expect(out).toMatch(/^a\.txt: \w+ 0\.\d{3}, \w+ 0\.\d{3}\nb\.txt: race 0\.\d{3}, \w+ 0\.\d{3}\n$/);
});

test('nothing found is status 1, and the unknown words are printed', async () => {
  const folder = folderOf({ ...NOTES, 'empty.txt': '- -\n' });
  expect(await tfIdf(folder, ['search', 'zebra', 'a.txt'])).toEqual({
    status: 1,
    out: '',
    err: "no document has 'zebra'\n0 of 1 document\n",
  });
  expect(await tfIdf(folder, ['search', 'zebra', 'empty.txt'])).toMatchObject({ status: 1, out: '' });
});

test('wrong usage is one line and status 2', async () => {
  const folder = folderOf(NOTES);
  const wrong = async (...argv: string[]) => {
    const { status, out, err } = await tfIdf(folder, argv);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    return err;
  };
  expect(await wrong('search', 'mutex', '*.rs')).toBe(
    "Expected PATH to be a file, a folder or a pattern that finds one, got '*.rs'\n",
  );
  expect(await wrong('search', 'mutex', '--index', 'a.txt')).toBe("Expected 'a.txt' to be a search index, it is not\n");
  expect(await wrong('search', 'mutex', '--index', 'none')).toBe(
    "Expected --index to be a file that can be read, got 'none' (ENOENT)\n",
  );
  expect(await wrong('index', 'a.txt', '--out', 'none/x')).toBe(
    "Expected --out to be a file that can be written, got 'none/x' (ENOENT)\n",
  );
});

test.skipIf(process.platform === 'win32')('control characters of names and lines reach no terminal', async () => {
  const folder = folderOf({ 'a\u001b[2Jb.txt': 'mutex \u001b[31mred\u0007\n' });
  const { out } = await tfIdf(folder, ['search', 'mutex', '.']);
  expect(out).toContain('a\\x1b[2Jb.txt');
  expect(out).toContain('mutex \\x1b[31mred\\x07');
  expect(out).not.toContain('\u001b');
});

test('thousands of files are read without holding them all', { timeout: 60_000 }, async () => {
  // 2,000 files of 40 kB: 80 MB of text through a heap of half of that.
  const words = Array.from({ length: 200 }, (_, n) => `word${n}`);
  const line = (n: number): string => words.slice(n % 100, (n % 100) + 20).join(' ');
  const files = Array.from({ length: 2_000 }, (_, n) => [
    `${n % 20}/${n}.txt`,
    `only${n} ${Array.from({ length: 290 }, (_line, at) => line(n + at)).join('\n')}`,
  ]);
  const folder = folderOf(Object.fromEntries(files) as Record<string, string>);
  const flags = ['--max-old-space-size=40', '--max-semi-space-size=1'];
  const { status, out, err } = await tfIdf(folder, ['search', 'only1999', '.'], { flags });
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toContain(join('19', '1999.txt'));
  expect(out).toContain('1 of 2,000 documents');
});
