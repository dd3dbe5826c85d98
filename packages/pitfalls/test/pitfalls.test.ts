// What every pitfall has to have, whatever it is about.

import { recipeOf } from '@cookbook/lab/claim';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { chapter } from '../src/claims.ts';
import { pitfalls } from '../src/pitfalls.ts';
import { makePages } from '../src/pages/pages.ts';
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
  for (const { file, text } of await makePages(chapter.readme, await readFile(chapter.readme, 'utf8'))) {
    expect(await readFile(file, 'utf8')).toBe(text);
  }
});
