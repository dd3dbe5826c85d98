// All that is to be said of a recipe before it is copied.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { copyPart, headerPart, nodeOf } from './header.ts';
import { needsOf, OLDEST_NODE } from './needs.ts';
import type { Catalog, Needs } from './needs.ts';
import { reach } from './reach.ts';
import { slashed } from './recipes.ts';
import type { Recipe } from './recipes.ts';

export interface Description extends Needs {
  readonly recipe: Recipe;
  /** The claim's question, or the first sentence of the header where it has none. */
  readonly question: string;
  /** Absolute. */
  readonly files: readonly string[];
  /** The oldest Node that it runs under, such as '22' or '24.2'. */
  readonly node: string;
  /** What its header should have under `Copy`. */
  readonly copy: string;
  /** Why it cannot be copied; empty where it can. */
  readonly problems: readonly string[];
}

/** Reads a recipe's files. */
export function describeRecipe(root: string, catalog: Catalog, recipe: Recipe): Description {
  const text = readFileSync(path.join(recipe.folder, 'recipe.ts'), 'utf8');
  const reached = reach(root, recipe);
  const { missing, ...needs } = needsOf(reached.packages, catalog);
  const node = nodeOf(headerPart(text, 'Copy')) ?? OLDEST_NODE;
  const names = reached.files.map((file) => slashed(path.relative(recipe.folder, file)));
  return {
    recipe,
    question: questionOf(recipe) ?? firstSentence(headerPart(text, 'Claim') ?? ''),
    files: reached.files,
    ...needs,
    node,
    copy: copyPart(names, reached.packages, node),
    problems: [
      ...reached.problems,
      ...missing.map((name) => `${recipe.id} needs '${name}', which is not in the catalog of pnpm-workspace.yaml`),
    ],
  };
}

/** `question: '...'` of claim.ts, where it stands there as a plain string. */
function questionOf({ folder }: Recipe): string | undefined {
  const file = path.join(folder, 'claim.ts');
  let question: string | undefined;
  new Visitor({
    Property({ key, value }) {
      if (key.type !== 'Identifier' || key.name !== 'question') return;
      if (value.type === 'Literal' && typeof value.value === 'string') question ??= value.value;
    },
  }).visit(parseSync(file, readFileSync(file, 'utf8')).program);
  return question;
}

function firstSentence(text: string): string {
  return text.match(/^.*?\.(?=\s|$)/)?.[0] ?? text;
}
