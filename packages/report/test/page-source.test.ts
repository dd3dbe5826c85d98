import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSources, withoutHeader } from '../src/page/markup/recipe-source.ts';

const RECIPE = `// Claim      One.
// Mechanism  It is so,
//            and stays so.
// Use when   needed.
// Do not     otherwise.
// Copy       recipe.ts, task.ts, ../two/recipe.ts; Node 22 or newer
// Run        pnpm it

import './task.ts';
import '../two/recipe.ts';
export const one = 1; // not a header
`;

const FILES: Readonly<Record<string, string>> = {
  'packages/a/src/one/recipe.ts': RECIPE.replaceAll('\n', '\r\n'),
  'packages/a/src/one/task.ts': 'export {};',
  'packages/a/src/one/claim.ts': 'export {};',
  'packages/a/src/one/original.py': 'pass',
  'packages/a/src/one/proof/rounds.ts': 'export {};',
  'packages/a/src/two/recipe.ts': 'export {};',
  'packages/a/src/two/claim.ts': 'export {};',
  'packages/a/src/tool/index.ts': 'export {};',
  'secret/recipe.ts': 'secret',
};

let repository: string;

beforeAll(async () => {
  repository = await mkdtemp(path.join(os.tmpdir(), 'report-source-'));
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(path.join(repository, path.dirname(name)), { recursive: true });
    await writeFile(path.join(repository, name), text);
  }
});

afterAll(() => rm(repository, { recursive: true }));

test('the header of a recipe is taken off, and the code below it stays as it is', () => {
  expect(withoutHeader(RECIPE)).toBe(
    "import './task.ts';\nimport '../two/recipe.ts';\nexport const one = 1; // not a header",
  );
});

test('code without a header stays whole', () => {
  const code = '// A comment.\nexport {};';
  expect(withoutHeader(`${code}\n`)).toBe(code);
});

test('what one would copy is read first, with the line ends of any system; what measures is only named', async () => {
  const { advice, files, neighbours, measuring } = await readSources('packages/a/src/one', repository);
  expect(advice).toEqual([
    ['Mechanism', 'It is so, and stays so.'],
    ['Use when', 'needed.'],
    ['Do not', 'otherwise.'],
    ['Copy', 'recipe.ts, task.ts, ../two/recipe.ts; Node 22 or newer'],
  ]);
  expect(files.map(({ path: file, language }) => [file, language])).toEqual([
    ['packages/a/src/one/recipe.ts', 'typescript'],
    ['packages/a/src/one/task.ts', 'typescript'],
    ['packages/a/src/one/original.py', 'python'],
  ]);
  expect(files[0]!.code).not.toContain('\r');
  expect({ neighbours, measuring }).toEqual({
    neighbours: ['../two/recipe.ts'],
    measuring: ['claim.ts', 'proof/rounds.ts'],
  });
});

test('of a tool, which has no recipe, the interface is read', async () => {
  const { files } = await readSources('packages/a/src/tool', repository);
  expect(files).toMatchObject([{ path: 'packages/a/src/tool/index.ts', code: 'export {};' }]);
});

test('no folder outside the packages is read, be it named by dots, by its whole path or by a link', async () => {
  await symlink(path.join(repository, 'secret'), path.join(repository, 'packages', 'link'), 'junction');
  const folders = ['secret', 'packages/../secret', path.join(repository, 'secret'), 'packages/link', '', '.', '\0'];
  expect(await Promise.all(folders.map((folder) => readSources(folder, repository)))).toEqual(
    folders.map(() => ({ advice: [], files: [], neighbours: [], measuring: [] })),
  );
});
