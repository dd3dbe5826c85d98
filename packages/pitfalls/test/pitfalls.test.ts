// What every pitfall has to have, whatever it is about.

import { recipeOf } from '@cookbook/lab/claim';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { chapter } from '../src/claims.ts';
import { pitfalls } from '../src/pitfalls.ts';
import { fillReadme } from '../src/pages/pages.ts';
import { readRegion } from '../src/pitfall/source.ts';

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

  test('has a recipe whose header has the five parts', async () => {
    const header = (await readFile(pitfall.recipe, 'utf8')).split('\n\n')[0]!;
    const parts = ['// Claim ', '// Mechanism ', '// Use when ', '// Do not ', '// Run '];
    const places = parts.map((part) => header.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(header).toContain(`pnpm tsx packages/pitfalls/src/main.ts ${pitfall.name}`);
    expect(header.split('\n').length).toBeLessThanOrEqual(15);
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

test('the README shows the lines and tables that are tested: to mend it, pnpm --filter @cookbook/pitfalls readme', async () => {
  const markdown = await readFile(chapter.readme, 'utf8');
  expect(await fillReadme(markdown)).toBe(markdown);
});
