// A project with one chapter, made in a temporary folder, which the tests may sabotage.

import { cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OWN_MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));

/** Not among the fixtures, where this package's own tests would be looked for. */
const TEST = `import { expect, test } from 'vitest';
import { sum } from '../src/sum/recipe.ts';

test('it adds', () => {
  expect(sum([1, 2])).toBe(3);
});
`;

/** Patches as their file has them. */
export type Written = Readonly<Record<string, unknown>>;

/** Makes the project in `folder`, with these patches beside the claim 'toy/sum'. */
export function makeProject(folder: string, patches: readonly Written[]): string {
  const root = path.join(realpathSync(folder), 'made');
  const toy = path.join(root, 'packages/toy');
  cpSync(new URL('./fixtures/toy/', import.meta.url), toy, { recursive: true });
  mkdirSync(path.join(toy, 'node_modules/@cookbook'), { recursive: true });
  for (const name of ['vitest', '@cookbook/lab']) {
    symlinkSync(realpathSync(path.join(OWN_MODULES, name)), path.join(toy, 'node_modules', name), 'junction');
  }
  mkdirSync(path.join(toy, 'test'));
  writeFileSync(path.join(toy, 'test/sum.test.ts'), TEST);
  writeFileSync(path.join(toy, 'src/sum/sabotage.json'), JSON.stringify(patches));
  return root;
}
