// What every pitfall has to have, whatever it is about.

import { recipeOf } from '@cookbook/lab/claim';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { chapter } from '../src/claims.ts';
import { pitfalls } from '../src/pitfalls.ts';
import { comparePages, writePages } from '../src/pages/pages.ts';
import { readRegion } from '../src/pitfall/source.ts';

/** 80 columns without the margin of a claim's notes and the mark before each line. */
const WIDEST = 74;

test('the quiz has the pitfalls of the chapter, in its order', () => {
  const recipes = chapter.sections.flatMap(({ claims }) => claims.map(recipeOf));
  expect(pitfalls.map(({ name }) => name)).toEqual(recipes);
});

describe.each(pitfalls)('$name', (pitfall) => {
  test('shows every region that its recipe marks', async () => {
    const marked = [...(await readFile(pitfall.recipe, 'utf8')).matchAll(/#region (\S+)/g)].map(([, name]) => name!);
    const shown = ['trap', 'fix', 'cheaper', ...(pitfall.also ?? []).map(({ region }) => region)];
    expect(new Set(marked)).toEqual(new Set(shown));
  });

  test('shows its lines from its own recipe', () => {
    expect(pitfall.recipe.pathname).toContain(`/${pitfall.name}/recipe.ts`);
    for (const region of ['trap', 'fix', 'cheaper']) expect(readRegion(pitfall.recipe, region)).not.toBe('');
  });

  test('shows lines that are not broken on a terminal of 80 columns', async () => {
    const regions = ['trap', 'fix', 'cheaper', ...(pitfall.also ?? []).map(({ region }) => region)];
    const shown = [...regions.map((region) => readRegion(pitfall.recipe, region)), (await pitfall.draw?.()) ?? ''];
    expect(shown.flatMap((text) => text.split('\n')).filter((line) => line.length > WIDEST)).toEqual([]);
  });

  test('gives an answer that is among the choices, and not the expected one', async () => {
    const { choices, expected } = pitfall;
    expect(choices.length).toBeGreaterThanOrEqual(3);
    expect(new Set(choices).size).toBe(choices.length);
    expect(choices).toContain(expected);
    const happened = await pitfall.happens();
    expect(choices).toContain(happened);
    expect(happened).not.toBe(expected);
  });
});

test('the pages show what is tested: to mend them, pnpm --filter @cookbook/pitfalls readme', async () => {
  expect(await comparePages(chapter.readme)).toEqual([]);
});

test('a stale page is shown as the lines that differ, a missing one whole, and both are written', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pitfalls-'));
  try {
    for (const { name } of pitfalls) await mkdir(path.join(folder, 'src', name), { recursive: true });
    const readme = pathToFileURL(path.join(folder, 'README.md'));
    await writeFile(readme, '# Pitfalls\n\n<!-- begin:index -->\n\nstale\n\n<!-- end:index -->\n');
    const stale = (await comparePages(readme)).map((page) => page.split('\n'));
    const pages = pitfalls.map(({ name }) => `src/${name}/README.md`);
    expect(stale.map(([file]) => file)).toEqual([...pages, 'README.md']);
    expect(stale[0]!.slice(1, 4)).toEqual(['@@ line 1 @@', '+# assignment-aliases', '+']);
    expect(stale.at(-1)!.slice(1, 4)).toEqual(['@@ line 5 @@', '-stale', expect.stringMatching(/^\+- \[/)]);

    await writePages(readme);
    expect(await comparePages(readme)).toEqual([]);
    const first = path.join(folder, pages[0]!);
    await writeFile(first, (await readFile(first, 'utf8')).replace('const tuesday', 'let tuesday'));
    expect(await comparePages(readme)).toEqual([
      `${pages[0]}\n@@ line 7 @@\n-let tuesday = monday;\n+const tuesday = monday;`,
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
