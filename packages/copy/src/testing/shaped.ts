// The shape of a chapter's recipes as tests: `shapeAsTests(new URL('../', import.meta.url))` in test/shape.test.ts.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Chapter } from '@cookbook/lab/claim';
import { listRecipes, rootOf } from './list.ts';
import { measureShape } from './shape.ts';
import type { Breach, Rule } from './shape.ts';

/** For a recipe's folder the rules that it does not keep, each with the reason. */
export type Exceptions = Readonly<Record<string, Readonly<Partial<Record<Rule, string>>>>>;

/**
 * Defines a test for each recipe of a chapter: that its folder keeps the shape of all recipes. An exception that is not
 * needed fails, and so does one for a folder that is no recipe.
 *
 * @param chapter the package's folder; its src/claims.ts exports `chapter`
 */
export function shapeAsTests(chapter: URL, exceptions: Exceptions = {}): void {
  const home = fileURLToPath(chapter);
  const name = path.basename(home);
  const recipes = listRecipes(rootOf(home), name).map((listed) => ({ id: listed.id, listed }));

  test.each(recipes)('$id keeps the shape of a recipe', async ({ id, listed }) => {
    const { chapter: contents } = (await import(new URL('src/claims.ts', chapter).href)) as { chapter: Chapter };
    const folder = path.join(home, 'src', path.basename(id));
    const claim = contents.sections.flatMap(({ claims }) => claims).find((each) => each.id === id);
    const breaches = measureShape({ folder, chapter: name, listed, claim });
    expect(withoutExceptions(breaches, exceptions[path.basename(id)] ?? {})).toEqual([]);
  });

  test('every exception is of a recipe', () => {
    const names = new Set(recipes.map(({ id }) => path.basename(id)));
    expect(Object.keys(exceptions).filter((each) => !names.has(each))).toEqual([]);
  });
}

/** What is to be mended: breaches without an exception, and exceptions without a breach. */
export function withoutExceptions(breaches: readonly Breach[], exceptions: Exceptions[string]): string[] {
  const broken = new Set(breaches.map(({ rule }) => rule));
  return [
    ...breaches.filter(({ rule }) => exceptions[rule] === undefined).map(({ rule, message }) => `${rule}: ${message}`),
    ...(Object.keys(exceptions) as Rule[])
      .filter((rule) => !broken.has(rule))
      .map((rule) => `${rule}: Expected no exception, since the rule is kept: take it out`),
  ];
}
