// The help shows how to do six things; each of its examples is run here.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withFolder } from '@cookbook/lab/cleanup';
import { expect, test } from 'vitest';
import { readArguments } from '../../src/rename/cli/arguments.ts';
import { EXAMPLES } from '../../src/rename/cli/help.ts';
import { pictureOf } from './picture.ts';
import { readTree } from './support.ts';

const MAIN = fileURLToPath(new URL('../../src/rename/main.ts', import.meta.url));

/** By the folder of the example: the files that are there, and the names that they get. */
const FILES: Readonly<Record<string, readonly (readonly [from: string, to: string, content?: string | Buffer])[]>> = {
  photos: [
    ['IMG_2.jpg', '2023-07-09_10.11.12_0001.jpg', pictureOf('2023:07:09 10:11:12')],
    ['IMG_1.jpg', '2023-07-09_10.11.13_0002.jpg', pictureOf('2023:07:09 10:11:13')],
    ['notes.txt', 'notes.txt'],
  ],
  series: [
    ['show.S01E02.720p.mkv', 'Series 01x02.mkv'],
    ['show.S01E10.mkv', 'Series 01x10.mkv'],
  ],
  albums: [
    ['one/b.flac', 'one/02 b.flac'],
    ['one/a.flac', 'one/01 a.flac'],
    ['two/c.flac', 'two/01 c.flac'],
  ],
  notes: [['a  long name.md', 'a-long-name.md']],
  scans: [['Scan A.PDF', 'scan a.pdf']],
  letters: [
    ['a', 'b'],
    ['b', 'a'],
    ['c', 'c'],
  ],
};

/** The words of a line in a shell. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
}

test.each(EXAMPLES)('%s: %s', async (_, line) => {
  const [command, folder = '', ...options] = words(line);
  expect(command).toBe('rename');
  await withFolder('rename-example', async (place) => {
    const files = FILES[folder]!;
    for (const [from, , content = from] of files) {
      mkdirSync(dirname(join(place, folder, from)), { recursive: true });
      writeFileSync(join(place, folder, from), content);
    }
    writeFileSync(join(place, 'names.csv'), 'old,new\na,b\nb,a\n');
    const run = spawnSync(process.execPath, [MAIN, folder, ...options, '--apply', '--state-dir', 'state'], {
      cwd: place,
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    const expected = files.map(([from, to, content = from]) => [to, String(content)]);
    expect(readTree(join(place, folder))).toEqual(Object.fromEntries(expected));
  });
});

test('the help shows all of the examples', () => {
  const help = readArguments(['--help']) as string;
  expect(EXAMPLES).toHaveLength(6);
  for (const [what, line] of EXAMPLES) expect(help).toContain(`\n  ${what}\n    ${line}\n`);
});

test('several paths are one run in the folder that holds all of them', async () => {
  await withFolder('rename-paths', async (place) => {
    mkdirSync(join(place, 'x'));
    for (const name of ['x/A', 'x/B', 'C', 'D']) writeFileSync(join(place, name), name);
    const args = [
      join(place, 'x'),
      join(place, 'C'),
      '--case',
      'lower',
      '--apply',
      '--state-dir',
      join(place, 'state'),
    ];
    expect(spawnSync(process.execPath, [MAIN, ...args]).status).toBe(0);
    const { state: _, ...tree } = Object.groupBy(Object.keys(readTree(place)), (path) => path.split('/')[0]!);
    expect(tree).toMatchObject({ x: ['x/a', 'x/b'], c: ['c'], D: ['D'] });
  });
});
