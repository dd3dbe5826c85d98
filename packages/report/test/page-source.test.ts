import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSources, splitHeader } from '../src/page/markup/recipe-source.ts';

const RECIPE = `// Claim      One.
// Mechanism  It is so,
//            and stays so.
// Use when   needed.
// Do not     otherwise.
// Run        pnpm it

export const one = 1; // not a header
`;

let repository: string;

beforeAll(async () => {
  repository = await mkdtemp(path.join(os.tmpdir(), 'report-source-'));
  await mkdir(path.join(repository, 'packages', 'a', 'src', 'one'), { recursive: true });
  await writeFile(path.join(repository, 'packages', 'a', 'src', 'one', 'recipe.ts'), RECIPE.replaceAll('\n', '\r\n'));
  await mkdir(path.join(repository, 'secret'));
  await writeFile(path.join(repository, 'secret', 'recipe.ts'), 'secret');
});

afterAll(() => rm(repository, { recursive: true }));

test('the header of a recipe is taken apart, and the code below it stays as it is', () => {
  expect(splitHeader(RECIPE)).toEqual({
    header: { claim: 'One.', mechanism: 'It is so, and stays so.', useWhen: 'needed.', doNot: 'otherwise.' },
    code: 'export const one = 1; // not a header',
  });
});

test('code without a header stays whole', () => {
  const code = '// A comment.\nexport {};';
  expect(splitHeader(`${code}\n`)).toEqual({ header: {}, code });
});

test('what there is of a recipe is read, with the line ends of any system', async () => {
  const [source, ...others] = await readSources('packages/a/src/one', repository);
  expect(others).toEqual([]);
  expect(source).toMatchObject({ path: 'packages/a/src/one/recipe.ts', language: 'typescript' });
  expect(source!.header.mechanism).toBe('It is so, and stays so.');
});

test('of a tool, which has no recipe, the interface is read', async () => {
  const folder = path.join(repository, 'packages', 'a', 'src', 'tool');
  await mkdir(folder);
  await writeFile(path.join(folder, 'index.ts'), 'export {};');
  expect(await readSources('packages/a/src/tool', repository)).toMatchObject([
    { path: 'packages/a/src/tool/index.ts' },
  ]);
});

test('no folder outside the packages is read, be it named by dots, by its whole path or by a link', async () => {
  await symlink(path.join(repository, 'secret'), path.join(repository, 'packages', 'link'), 'junction');
  const folders = ['secret', 'packages/../secret', path.join(repository, 'secret'), 'packages/link', '', '.', '\0'];
  expect(await Promise.all(folders.map((folder) => readSources(folder, repository)))).toEqual(folders.map(() => []));
});
