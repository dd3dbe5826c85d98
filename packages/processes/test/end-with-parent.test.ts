import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KIND_NAMES, KINDS, killParent } from '../src/end-with-parent/proof/orphans.ts';

describe('of a parent that is killed', () => {
  test.each(KIND_NAMES.map((kind) => KINDS[kind]))('a child that $name: outlives it $outlives', async (kind) => {
    expect((await killParent(kind)) === Infinity).toBe(kind.outlives);
  });
});

describe('the lab has a twin of this recipe', () => {
  const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

  test('endWithParent is the same function, apart from the name of the file of its thread', () => {
    const functionOf = (text: string): string => /\/\*\*\n \* Ends this process .*?\n\}\n/s.exec(text)![0];
    const recipe = functionOf(read('processes/src/end-with-parent/recipe.ts'));
    const twin = functionOf(read('lab/src/cleanup/lifeline.ts'));
    expect(recipe).toContain('new Worker(');
    expect(recipe).toBe(twin.replace('./lifeline-worker.ts', './worker.ts'));
  });

  test('its thread runs the same code', () => {
    const codeOf = (text: string): string => text.replace(/^(\/\/.*\n)+/, '');
    const recipe = codeOf(read('processes/src/end-with-parent/worker.ts'));
    expect(recipe).toContain('SIGKILL');
    expect(recipe).toBe(codeOf(read('lab/src/cleanup/lifeline-worker.ts')));
  });
});
