// What the command asks on a terminal. `script` of util-linux gives it one.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { endWithTest } from '../../../lab/test/ends-with-test.ts';
import { place, readTree } from './support.ts';
import type { Place } from './support.ts';

const MAIN = fileURLToPath(new URL('../../src/rename/main.ts', import.meta.url));
const TERMINAL = 'script';
const hasTerminal = process.platform === 'linux' && spawnSync(TERMINAL, ['--version']).status === 0;

/** Runs the command with an editor that leaves one list after another; types each key when the text before it is shown. */
async function rename(
  here: Place,
  args: readonly string[],
  lists: readonly string[] = [],
  keys: readonly (readonly [shown: string, key: string])[] = [],
) {
  const folder = dirname(here.root);
  for (const [n, list] of lists.entries()) writeFileSync(`${folder}/list-${n}`, list);
  const editor = `import fs from 'node:fs';
    const lists = fs.readdirSync('${folder}').filter((name) => name.startsWith('list-')).sort();
    fs.renameSync('${folder}/' + lists[0], process.argv[2]);`;
  writeFileSync(`${folder}/editor.mjs`, editor);
  const line = [process.execPath, MAIN, here.root, '--state-dir', here.stateFolder, ...args];
  const child = endWithTest(
    spawn(
      TERMINAL,
      ['-qec', `stty rows 40 columns 200; exec ${line.map((word) => `'${word}'`).join(' ')}`, '/dev/null'],
      {
        env: { ...process.env, NO_COLOR: '1', VISUAL: `'${process.execPath}' '${folder}/editor.mjs'` },
      },
    ),
  );
  let out = '';
  const left = [...keys];
  child.stdout.on('data', (bytes: Buffer) => {
    out += stripVTControlCharacters(bytes.toString());
    const [shown, key] = left[0] ?? [];
    if (shown === undefined || !out.includes(shown)) return;
    left.shift();
    out = out.slice(out.indexOf(shown) + shown.length);
    child.stdin.write(key!);
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  return { status, out };
}

/** The path of the list that was kept. Removes its folder after it is read. */
function takeKept(out: string): { path: string; list: string } {
  const [, path = ''] = /the list is kept in ([^\s";]+)/i.exec(out) ?? [];
  expect(existsSync(path)).toBe(true);
  const list = readFileSync(path, 'utf8');
  rmSync(dirname(path), { recursive: true });
  return { path, list };
}

describe.runIf(hasTerminal)('on a terminal', { timeout: 60_000 }, () => {
  const tree = { a: 'A', b: 'B' };

  test('an edited list with a mistake is opened again, and what it then says is done', async () => {
    const here = place(tree);
    const lists = ['1\tx\n2\n', '1\tx\n2\tx\n', '1\tx\n2\ty\n'];
    const keys = [
      ['Edit again?', 'y'],
      ['Edit again?', 'y'],
    ] as const;
    const { status, out } = await rename(here, ['--edit', '--apply'], lists, keys);
    expect(out).toMatch(/2 files renamed/);
    expect(status).toBe(0);
    expect(readTree(here.root)).toEqual({ x: 'A', y: 'B' });
  });

  test('it is kept where it is not to be opened again, and its path is printed', async () => {
    const here = place(tree);
    const ran = await rename(here, ['--edit', '--apply'], ['1\tx\n2\n'], [['Edit again?', 'n']]);
    expect(ran.status).toBe(2);
    expect(takeKept(ran.out).list).toBe('1\tx\n2\n');
    expect(readTree(here.root)).toEqual(tree);
  });

  test('and where nobody can be asked, as with --json', async () => {
    const here = place(tree);
    const ran = await rename(here, ['--edit', '--apply', '--json'], ['1\tx\n2\tx\n']);
    expect(ran.status).toBe(1);
    expect(JSON.parse(ran.out)).toMatchObject({ outcome: 'refused', errors: [{ kind: 'duplicate-target' }] });
    expect(takeKept(ran.out).list).toBe('1\tx\n2\tx\n');
  });

  test('Ctrl-C at the question renames nothing, and ends with 130', async () => {
    const here = place(tree);
    const ran = await rename(here, ['--case', 'upper'], [], [['Rename 2?', '\u0003']]);
    expect(ran.status).toBe(130);
    expect(readTree(here.root)).toEqual(tree);
  });
});
