// The patches of the project: found by the place of their files, checked against the schema, and made complete.

import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '@cookbook/lab/command';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readText } from './edits.ts';
import type { Edit } from './edits.ts';

export type Observer = 'claim' | 'test';

/** A small mistake, and what has to see it. */
export interface Patch {
  /** Package, recipe or room, and name: 'threads/semaphore/take-by-load-then-store'. */
  readonly id: string;
  /** The package's folder name. */
  readonly chapter: string;
  /** Ids of claims, such as 'threads/semaphore'. */
  readonly claims: readonly string[];
  readonly edits: readonly Edit[];
  /** Which mistake it is. */
  readonly why: string;
  /** All of these have to see it. */
  readonly seenBy: readonly Observer[];
  /** Whether a claim that comes out inconclusive, or cannot be shown, has seen it. */
  readonly inconclusiveIsSeen: boolean;
  /** Test files, relative to the package. */
  readonly tests: readonly string[];
}

/** A patch as its file has it. */
interface Written extends Partial<Edit> {
  readonly id: string;
  readonly why: string;
  readonly claims?: readonly string[];
  readonly edits?: readonly Edit[];
  readonly seenBy: readonly Observer[];
  readonly claim?: 'inconclusive';
  readonly tests?: readonly string[];
}

const PLACES = ['packages/*/src/**/sabotage.json', 'packages/*/test/sabotage/*.json'];

const schema = JSON.parse(readFileSync(new URL('./sabotage.schema.json', import.meta.url), 'utf8')) as object;
const ajv = new Ajv2020({ strict: true, strictRequired: false });
const isWritten = ajv.compile<Written[]>(schema);

/**
 * Every patch below `root`, sorted by id.
 *
 * @throws UsageError where a file is not of the published form, or two patches have one id
 */
export function findPatches(root: string): Patch[] {
  const files = PLACES.flatMap((place) =>
    globSync(place, { cwd: root, exclude: (name) => path.basename(name) === 'node_modules' }),
  );
  const patches = files
    .map(slashed)
    .toSorted()
    .flatMap((file) => readPatches(root, file));
  const seen = new Set<string>();
  for (const { id } of patches) {
    if (seen.has(id)) throw new UsageError(`Expected every patch to have an id of its own, got ${id} twice`);
    seen.add(id);
  }
  return patches.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What keeps a patch from being tried: files that are not there, texts that do not occur exactly once. */
export function problemsOf(root: string, { chapter, edits, tests }: Patch): string[] {
  const missing = tests.filter((test) => !existsSync(path.join(root, 'packages', chapter, test)));
  return [
    ...edits.flatMap(({ file, find }) => {
      const at = path.join(root, file);
      if (!existsSync(at)) return `Expected the file ${file} to exist`;
      const count = readText(at).split(find).length - 1;
      return count === 1 ? [] : `Expected the text to occur once in ${file}, got ${count} times: ${find}`;
    }),
    ...missing.map((test) => `Expected the test packages/${chapter}/${test} to exist`),
  ];
}

function readPatches(root: string, file: string): Patch[] {
  const value = readJson(path.join(root, file), file);
  if (!isWritten(value)) {
    const [error] = isWritten.errors ?? [];
    const more = Object.values(error?.params ?? {}).join(', ');
    throw new UsageError(
      `Expected ${file} to keep the form of sabotage.schema.json: ${error?.instancePath || 'it'} ${error?.message} (${more})`,
    );
  }
  return value.map((written) => complete(file, written));
}

function complete(source: string, written: Written): Patch {
  const { id, why, claims, edits, seenBy, claim, tests = [], file, find, replace } = written;
  const { chapter, group, isRecipe } = placeOf(source);
  const own = edits ?? [{ file: file!, find: find!, replace: replace! }];
  const patch = {
    id: `${chapter}/${group}/${id}`,
    chapter,
    claims: (claims ?? (isRecipe ? [group] : [])).map((name) => (name.includes('/') ? name : `${chapter}/${name}`)),
    edits: own.map((edit) => ({ ...edit, file: path.posix.join(path.posix.dirname(source), edit.file) })),
    why,
    seenBy,
    inconclusiveIsSeen: claim === 'inconclusive',
    tests,
  };
  const lacking = seenBy.find((observer) => (observer === 'claim' ? patch.claims : tests).length === 0);
  if (lacking === undefined) return patch;
  throw new UsageError(`Expected ${patch.id} to name the ${lacking}s that have to see it, got none`);
}

/** 'threads', 'semaphore' of packages/threads/src/semaphore/proof/sabotage.json; 'lab', 'host' of packages/lab/test/sabotage/host.json */
function placeOf(source: string): { chapter: string; group: string; isRecipe: boolean } {
  const [, chapter = '', kind, ...rest] = source.split('/');
  const isRecipe = kind === 'src';
  return { chapter, group: isRecipe ? rest[0]! : path.posix.basename(source, '.json'), isRecipe };
}

function readJson(file: string, name: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`Expected ${name} to be JSON: ${(error as Error).message}`);
  }
}

function slashed(file: string): string {
  return file.split(path.sep).join('/');
}
