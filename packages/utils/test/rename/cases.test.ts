import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { forkForTest } from '../../../lab/test/ends-with-test.ts';
import { applyRename, planRename, previewOf } from '../../src/rename/run/apply-rename.ts';
import { undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { patternWish } from '../../src/rename/wish/pattern.ts';
import { sequenceWish } from '../../src/rename/wish/sequence.ts';
import type { Wish } from '../../src/rename/wish/wish.ts';
import { place, readTree } from './support.ts';
import type { Place, Tree } from './support.ts';

interface Case {
  readonly name: string;
  readonly before: Tree;
  readonly generate?: { count: number; name: string; content: string };
  readonly mapping?: Readonly<Record<string, string>>;
  readonly pattern?: { regex: string; template: string };
  readonly sequence?: { template: string; start: number; pad: number; order: 'natural' };
  readonly options?: { dry_run?: boolean };
  readonly inject?: { kill_at: number };
  readonly expect: {
    outcome: 'ok' | 'refused' | 'killed';
    error_kind?: string;
    after?: Tree;
    preview?: Readonly<Record<string, string>>;
    then?: readonly { step: 'undo'; after: Tree | 'before' }[];
  };
}

const { cases } = JSON.parse(readFileSync(new URL('./cases.json', import.meta.url), 'utf8')) as { cases: Case[] };

function wishOf({ mapping, pattern, sequence }: Case): Wish {
  if (mapping) return mapWish(Object.entries(mapping).map(([from, to]) => ({ from, to })));
  if (pattern) return patternWish(pattern.regex, pattern.template);
  return sequenceWish(sequence!.template, sequence);
}

function generated({ generate }: Case): Tree {
  const names = Array.from({ length: generate?.count ?? 0 }, (_, i) => String(i));
  return Object.fromEntries(names.map((i) => [generate!.name.replace('%05d', i.padStart(5, '0')), i]));
}

async function killAt(
  share: number,
  { root, stateFolder }: Place,
  { regex, template }: { regex: string; template: string },
) {
  const child = forkForTest(new URL('./killed-child.ts', import.meta.url));
  const files = Object.keys(readTree(root)).length;
  child.send({ root, stateFolder, pattern: [regex, template], killAt: Math.round(2 * share * files) });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

test.each(cases)('the scenario $name ends as it is written down', async (scenario) => {
  const { options, inject, expect: expected } = scenario;
  const before = { ...scenario.before, ...generated(scenario) };
  const here = place(before);
  const request = { root: here.root, wish: wishOf(scenario) };

  if (inject) {
    await killAt(inject.kill_at, here, scenario.pattern!);
    const moved = Object.keys(readTree(here.root)).filter((name) => !(name in before)).length;
    expect(moved).toBeGreaterThan(0.45 * Object.keys(before).length);
    expect(moved).toBeLessThan(0.55 * Object.keys(before).length);
  } else {
    const result = options?.dry_run ? previewOf(planRename(request)) : await applyRename(request, here);
    expect(result.outcome).toBe(options?.dry_run ? 'preview' : expected.outcome);
    expect(readTree(here.root)).toEqual(expected.after);
    if (expected.error_kind) expect(result.problems.map(({ kind }) => kind)).toContain(expected.error_kind);
    if (expected.preview) {
      expect(Object.fromEntries(result.operations.map(({ from, to }) => [from, to]))).toEqual(expected.preview);
    }
  }
  for (const { after } of expected.then ?? []) {
    expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual(after === 'before' ? before : after);
  }
});
