// Patches one after another: each put into a copy, what has to see it run, and taken out again.

import path from 'node:path';
import { mkdirSync, realpathSync } from 'node:fs';
import { withFolder } from '@cookbook/lab/cleanup';
import { applyEdits, BrokenPatch } from './edits.ts';
import { observeClaim, observeTests } from './observe.ts';
import type { Bench, Observation } from './observe.ts';
import { problemsOf } from './patches.ts';
import type { Observer, Patch } from './patches.ts';
import { copyProject } from './project-copy.ts';

/**
 * seen: by all that have to see it. survived: at least one of them did not. hangs: one came to no end, which is a fault of it.
 * broken: the patch cannot be put in. cannot tell: it was not seen, but the claim holds with a qualifier, or without the patch
 * it is undecided here, or refuted, or its tests are red.
 */
export type Word = 'seen' | 'survived' | 'hangs' | 'broken' | 'cannot tell';

/** What was observed of a claim, or of all test files of a patch. */
interface Seen extends Observation {
  readonly observer: Observer;
  /** The claim's id, or the test files. */
  readonly what: string;
}

export interface Result {
  readonly patch: Patch;
  readonly word: Word;
  /** Why, where it is not 'seen'. */
  readonly reason?: string;
  /** What was observed with the patch in. */
  readonly seen: readonly Seen[];
}

export interface Options {
  /** The project, which is not touched. */
  readonly root: string;
  readonly patches: readonly Patch[];
  /** Seconds for a claim, and for the tests of a patch. */
  readonly limit: number;
  /** Called with what is about to be tried. */
  readonly onStart?: (patch: Patch, index: number) => void;
  /** Called with each result as it comes. */
  readonly onResult?: (result: Result) => void;
}

const SEEING: ReadonlySet<Observation['word']> = new Set(['refuted', 'error', 'red']);
const UNDECIDED: ReadonlySet<Observation['word']> = new Set(['inconclusive', 'cannot-show']);
/** It holds by what it could do on another machine, or with this one to itself: a mistake may show there only. */
const QUALIFIED: ReadonlySet<Observation['word']> = new Set(['contended', 'restricted']);

/** Tries each patch. The copy is gone afterwards, however this ends short of SIGKILL. */
export async function sabotage({ root, patches, limit, onStart, onResult }: Options): Promise<Result[]> {
  return withFolder('sabotage', async (folder) => {
    const copy = path.join(realpathSync(folder), 'project');
    mkdirSync(copy);
    copyProject(root, copy);
    const bench = { root: copy, limit: limit * 1_000 };
    const baseline = rememberBaselines(bench);
    const results: Result[] = [];
    for (const [index, patch] of patches.entries()) {
      onStart?.(patch, index);
      const result = await tryPatch(patch, bench, baseline);
      results.push(result);
      onResult?.(result);
    }
    return results;
  });
}

async function tryPatch(patch: Patch, bench: Bench, baseline: (each: Watch) => Promise<Observation>): Promise<Result> {
  const problems = problemsOf(bench.root, patch);
  if (problems.length > 0) return { patch, word: 'broken', reason: problems.join('; '), seen: [] };

  const watches = watchesOf(patch);
  let doubt: string | undefined;
  for (const watch of watches) {
    const { word, reason } = await baseline(watch);
    if (word === 'holds' || word === 'green' || QUALIFIED.has(word)) continue;
    doubt = `without the patch ${watch.what}: ${word}. ${reason}`;
    if (!UNDECIDED.has(word)) return { patch, word: 'cannot tell', reason: doubt, seen: [] };
  }
  const result = await observeBroken(patch, watches, bench, doubt !== undefined);
  const isGreen = result.seen.some(({ word }) => word === 'green');
  return doubt === undefined || result.word !== 'survived' || isGreen
    ? result
    : { ...result, word: 'cannot tell', reason: doubt };
}

/** @param isDoubtful that a claim is undecided says nothing, since it is that without the patch too */
async function observeBroken(
  patch: Patch,
  watches: readonly Watch[],
  bench: Bench,
  isDoubtful: boolean,
): Promise<Result> {
  const seen: Seen[] = [];
  let undo: () => void;
  try {
    undo = applyEdits(bench.root, patch.edits);
  } catch (error) {
    if (!(error instanceof BrokenPatch)) throw error;
    return { patch, word: 'broken', reason: error.message, seen };
  }
  try {
    for (const watch of watches) seen.push({ ...watch, ...(await observe(watch, bench)) });
  } finally {
    undo();
  }
  return { patch, seen, ...judge(patch.inconclusiveIsSeen && !isDoubtful, seen) };
}

/** What all observations of a patch come to: a hang is worse than a survivor. */
function judge(undecidedIsSeen: boolean, seen: readonly Seen[]): Pick<Result, 'word' | 'reason'> {
  const hanging = seen.find(({ word }) => word === 'hangs');
  if (hanging !== undefined) return { word: 'hangs', reason: `${hanging.what}: ${hanging.reason}` };
  const blind = seen.filter(({ word }) => !(SEEING.has(word) || (undecidedIsSeen && UNDECIDED.has(word))));
  if (blind.length === 0) return { word: 'seen' };
  const reason = blind.map(({ what, word }) => `${what}: ${word}`).join('; ');
  return { word: blind.every(({ word }) => QUALIFIED.has(word)) ? 'cannot tell' : 'survived', reason };
}

/** Something that has to see a patch. */
interface Watch {
  readonly observer: Observer;
  readonly what: string;
  readonly chapter: string;
  readonly tests: readonly string[];
}

/** The tests first: they are quicker as a rule, and no claim is disturbed by them. */
function watchesOf({ seenBy, chapter, claims, tests }: Patch): Watch[] {
  const own = seenBy.includes('claim') ? claims : [];
  return [
    ...(seenBy.includes('test') ? [{ observer: 'test', what: tests.join(', '), chapter, tests } as const] : []),
    ...own.map((what) => ({ observer: 'claim', what, chapter, tests: [] }) as const),
  ];
}

function observe({ observer, what, chapter, tests }: Watch, bench: Bench): Promise<Observation> {
  return observer === 'claim' ? observeClaim(what, bench) : observeTests(chapter, tests, bench);
}

/** What is observed without a patch: once for each claim and for each list of tests. */
function rememberBaselines(bench: Bench): (watch: Watch) => Promise<Observation> {
  const known = new Map<string, Promise<Observation>>();
  return (watch) => {
    const key = `${watch.chapter} ${watch.what}`;
    const found = known.get(key) ?? observe(watch, bench);
    known.set(key, found);
    return found;
  };
}
