// The code of a recipe, read when the page is built: its header in parts, and what stands below it.

import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a recipe's header says, but for the command, which the results know. */
export interface Header {
  readonly claim?: string;
  readonly mechanism?: string;
  readonly useWhen?: string;
  readonly doNot?: string;
}

export interface Source {
  /** From the repository's root: 'packages/threads/src/kill/recipe.ts'. */
  readonly path: string;
  readonly language: 'typescript' | 'python';
  readonly header: Header;
  readonly code: string;
}

const REPOSITORY = fileURLToPath(new URL('../../../../../', import.meta.url));

/** Of each list the first file that there is: a tool has no recipe, but an interface. */
const FILES = [
  { names: ['recipe.ts', 'index.ts'], language: 'typescript' },
  { names: ['original.py'], language: 'python' },
] as const;

/**
 * Reads what there is of a recipe's files. A folder outside the repository is not read, whatever the results say: they
 * may come from elsewhere, and the page may go elsewhere.
 *
 * @param folder from the repository's root, with slashes
 */
export async function readSources(folder: string, repository = REPOSITORY): Promise<Source[]> {
  const root = await realpath(repository);
  const sources = await Promise.all(
    FILES.map(async ({ names, language }) => {
      for (const name of names) {
        const text = await readInside(root, path.join(folder, name));
        if (text !== undefined) return [{ path: `${folder}/${name}`, language, ...splitHeader(text) }];
      }
      return [];
    }),
  );
  return sources.flat();
}

async function readInside(root: string, file: string): Promise<string | undefined> {
  try {
    const real = await realpath(path.resolve(root, file));
    if (!real.startsWith(path.join(root, 'packages') + path.sep)) return undefined;
    return (await readFile(real, 'utf8')).replaceAll('\r\n', '\n');
  } catch {
    return undefined; // removed since the run, or never there
  }
}

const PARTS: Readonly<Record<string, keyof Header | undefined>> = {
  Claim: 'claim',
  Mechanism: 'mechanism',
  'Use when': 'useWhen',
  'Do not': 'doNot',
  'Do not use when': 'doNot',
  Run: undefined,
};

const PART = /^\/\/ (Claim|Mechanism|Use when|Do not use when|Do not|Run) +(\S.*)$/;

/** Takes the header of five parts off a recipe. Without one the code stays whole. */
export function splitHeader(text: string): { header: Header; code: string } {
  const lines = text.split('\n');
  if (!PART.test(lines[0] ?? '')) return { header: {}, code: text.trim() };
  const length = lines.findIndex((line) => !line.startsWith('//'));
  const header: Record<string, string> = {};
  let part: keyof Header | undefined;
  for (const line of lines.slice(0, length === -1 ? lines.length : length)) {
    const [, name, words] = PART.exec(line) ?? [];
    if (name !== undefined) part = PARTS[name];
    const more = words ?? line.slice(2).trim();
    if (part) header[part] = header[part] === undefined ? more : `${header[part]} ${more}`;
  }
  return { header, code: length === -1 ? '' : lines.slice(length).join('\n').trim() };
}
