// Every claim has a patch that turns it red, and every patch still fits the text that it changes.

import { cpSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { applyEdits } from '../src/edits.ts';
import { findPatches, problemsOf } from '../src/patches.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Chapters all of whose claims have patches. */
const COVERED: ReadonlySet<string> = new Set(['threads', 'processes', 'async-io', 'machines', 'pitfalls', 'utils']);
/** Rooms of the lab that measure or judge. */
const ROOMS: readonly string[] = ['claim', 'host', 'race', 'speedup'];

const patches = findPatches(ROOT);

/** 'threads/race' of packages/threads/src/race/claim.ts */
const claims = globSync('packages/*/src/*/claim.ts', { cwd: ROOT }).map((file) => {
  const [, chapter, , recipe] = file.split(path.sep);
  return `${chapter}/${recipe}`;
});

describe('a patch turns it red:', () => {
  const covered = claims.filter((id) => COVERED.has(id.slice(0, id.indexOf('/'))));
  test.each(covered.toSorted())('%s', (id) => {
    const own = patches.filter((patch) => patch.claims.includes(id) && patch.seenBy.includes('claim'));
    expect(own.length, `write packages/${id.replace('/', '/src/')}/proof/sabotage.json`).toBeGreaterThan(0);
  });

  test.each(ROOMS)('the room %s of the lab', (room) => {
    const own = patches.filter(({ id }) => id.startsWith(`lab/${room}/`));
    expect(own.length, `write packages/lab/test/sabotage/${room}.json`).toBeGreaterThan(0);
  });
});

test('every claim that a patch names exists', () => {
  const unknown = patches.flatMap((patch) =>
    patch.claims.filter((id) => !claims.includes(id)).map((id) => [patch.id, id]),
  );
  expect(unknown).toEqual([]);
});

test('every patch fits its files, and leaves a program', () => {
  const problems = patches.flatMap((patch) => problemsOf(ROOT, patch).map((problem) => `${patch.id}: ${problem}`));
  expect(problems).toEqual([]);
  const copy = mkdtempSync(path.join(tmpdir(), 'cookbook-patches-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true, maxRetries: 5 }));
  for (const file of new Set(patches.flatMap(({ edits }) => edits.map((edit) => edit.file)))) {
    cpSync(path.join(ROOT, file), path.join(copy, file));
  }
  for (const { edits } of patches) applyEdits(copy, edits)();
});
