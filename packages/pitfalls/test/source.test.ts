import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRegion } from '../src/pitfall/source.ts';

const TEXT = `const before = 1;
  // #region trap
  if (before) {
    go();

  }
  // #endregion
  // #region fix
  stay();
  // #endregion
// #region trap
function go() {}
// #endregion
// #region open
`;

let folder: string;
let file: URL;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pitfalls-'));
  await writeFile(join(folder, 'recipe.ts'), TEXT);
  file = pathToFileURL(join(folder, 'recipe.ts'));
});
afterAll(() => rm(folder, { recursive: true }));

test('regions of one name are joined, each without its own indentation', () => {
  expect(readRegion(file, 'trap')).toBe('if (before) {\n  go();\n\n}\n\nfunction go() {}');
});

test('a region ends where it ends', () => {
  expect(readRegion(file, 'fix')).toBe('stay();');
});

test('a region that there is not, and one that does not end, are refused in one line', () => {
  expect(() => readRegion(file, 'cheaper')).toThrow(/^Expected a region 'cheaper' in .*\/recipe\.ts$/);
  expect(() => readRegion(file, 'open')).toThrow(/^Expected the region 'open' of .*\/recipe\.ts to end$/);
});
