import { existsSync, globSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyProject } from '../src/project-copy.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

let copy: string;
beforeAll(() => {
  copy = realpathSync(mkdtempSync(path.join(tmpdir(), 'cookbook-copy-')));
  copyProject(ROOT, copy);
});
afterAll(() => rmSync(copy, { recursive: true, force: true, maxRetries: 5 }));

test('every source, test and package of the project is in the copy', () => {
  const files = globSync(['*.json', 'packages/*/*.{ts,json,md}', 'packages/*/{src,test}/**/*.{ts,json,py}'], {
    cwd: ROOT,
  });
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => !existsSync(path.join(copy, file)))).toEqual([]);
});

test('neither results, nor the history of git, nor caches are', () => {
  const made = globSync(['results', 'packages/*/results', '.git', '**/.turbo', 'node_modules/.*'], { cwd: copy });
  expect(made).toEqual([]);
});

test('a package of the project is that of the copy, one of npm the original', () => {
  const modules = path.join(copy, 'packages/threads/node_modules');
  expect(realpathSync(path.join(modules, '@cookbook/lab'))).toBe(path.join(copy, 'packages/lab'));
  expect(realpathSync(path.join(modules, 'piscina'))).toBe(
    realpathSync(path.join(ROOT, 'packages/threads/node_modules/piscina')),
  );
});
