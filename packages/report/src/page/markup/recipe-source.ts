// The code of a recipe, read when the page is built: what one would copy, and the post's own program. What measures it is
// named: the words of its claim stand on the page already, and the rest is not for copying.

import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { headerPart } from '@cookbook/copy/header';
import { reach } from '@cookbook/copy/reach';

export interface Source {
  /** From the repository's root: 'packages/threads/src/kill/recipe.ts'. */
  readonly path: string;
  readonly language: 'typescript' | 'python';
  /** Without the header of a recipe. */
  readonly code: string;
}

export interface Sources {
  /** What the header of the recipe says, by its heads. */
  readonly advice: readonly (readonly [head: string, words: string])[];
  /** recipe.ts, or index.ts of a tool, first; then the files of its folder that are copied along, and original.py. */
  readonly files: readonly Source[];
  /** Files of neighbours that are copied along, from the folder: '../mutex/recipe.ts'. */
  readonly neighbours: readonly string[];
  /** What measures it: 'claim.ts', 'proof/rounds.ts'. */
  readonly measuring: readonly string[];
}

const NONE: Sources = { advice: [], files: [], neighbours: [], measuring: [] };
const REPOSITORY = fileURLToPath(new URL('../../../../../', import.meta.url));
const HEADS = ['Mechanism', 'Use when', 'Do not', 'Copy'];

/**
 * Reads what there is of a recipe's files. A folder outside the chapters is not read, whatever the results say: they may
 * come from elsewhere, and the page may go elsewhere.
 *
 * @param folder from the repository's root, with slashes
 */
export async function readSources(folder: string, repository = REPOSITORY): Promise<Sources> {
  const root = await realpath(repository);
  const own = await folderInside(root, folder);
  if (own === undefined) return NONE;
  const names = (await readdir(own, { recursive: true })).map((name) => name.replaceAll(path.sep, '/')).toSorted();
  const start = ['recipe.ts', 'index.ts'].find((name) => names.includes(name));
  const copied = start === 'recipe.ts' ? copiedWith(root, own) : start ? [start] : [];
  const shown = [...copied, 'original.py'];
  const files = await Promise.all(
    shown.filter((name) => names.includes(name)).map((name) => readSource(own, folder, name)),
  );
  const header = start ? await readText(path.join(own, start)) : '';
  return {
    advice: HEADS.flatMap((head) => {
      const words = headerPart(header, head);
      return words ? [[head, words] as const] : [];
    }),
    files,
    neighbours: copied.filter((name) => !names.includes(name)),
    measuring: names.filter((name) => name === 'claim.ts' || (name.startsWith('proof/') && path.extname(name) !== '')),
  };
}

/** The real path of a recipe's folder, undefined where it is none. */
async function folderInside(root: string, folder: string): Promise<string | undefined> {
  try {
    const real = await realpath(path.resolve(root, folder));
    const place = path.relative(root, real).split(path.sep);
    return place.length === 4 && place[0] === 'packages' && place[2] === 'src' ? real : undefined;
  } catch {
    return undefined; // removed since the run, or never there
  }
}

/** From the folder: 'recipe.ts', 'worker.ts', '../mutex/recipe.ts'. */
function copiedWith(root: string, folder: string): string[] {
  const [name, , chapter] = folder.split(path.sep).toReversed() as [string, string, string];
  const { files } = reach(root, { id: `${chapter}/${name}`, chapter, name, folder });
  return files.map((file) => path.relative(folder, file).replaceAll(path.sep, '/'));
}

async function readSource(own: string, folder: string, name: string): Promise<Source> {
  const text = await readText(path.join(own, name));
  const language = path.extname(name) === '.py' ? 'python' : 'typescript';
  return { path: `${folder}/${name}`, language, code: withoutHeader(text) };
}

async function readText(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
}

/** Takes the header of a recipe off: the page shows it in words. Other code stays whole. */
export function withoutHeader(text: string): string {
  return (headerPart(text, 'Claim') === undefined ? text : text.replace(/^(?:\/\/.*\n)+/, '')).trim();
}
