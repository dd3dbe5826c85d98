// New names by a list of pairs that another program, or a person, has written.

import { fits, liesIn } from '../disk/selection.ts';
import type { Selection } from '../disk/selection.ts';
import { fromJsonName } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Pair } from '../plan/plan.ts';
import { Refusal } from '../plan/problems.ts';
import type { Wish } from './wish.ts';

/**
 * Renames by pairs of paths in the folder. '.' and doubled slashes in them mean nothing. An old name that is not there is
 * looked for in the other spelling of its accents, too.
 *
 * @param selection leaves out the pairs whose old names are not in its places or do not fit its patterns
 */
export function mapWish(pairs: readonly Pair[], { only, places }: Selection = {}): Wish {
  const normal = pairs
    .map(({ from, to, ...more }) => ({ ...more, from: normalize(from), to: to && normalizeNew(to) }))
    .filter(({ from }) => fits(from, only) && liesIn(from, places));
  if (!normal.some(({ from, to }) => to?.endsWith('/') || !/^[ -~]*$/.test(from))) return () => normal;
  return (listing) =>
    normal.map((pair) => {
      const to = listing.isFolder(pair.from) ? pair.to?.replace(/\/$/, '') : pair.to;
      return { ...pair, from: listing.spelledAsOnDisk(pair.from), to };
    });
}

/**
 * Reads a JSON object of old and new names, or an array of [old, new]. A name 'b64:...' is bytes in base64.
 *
 * @throws RangeError where it is neither; Refusal `duplicate-source` where an object has one name twice, which
 * `JSON.parse` would pass over in silence, `encoding` where an old name is ill-formed
 */
export function readJsonPairs(text: string): Pair[] {
  const value = parseJson(text);
  if (!Array.isArray(value)) expectUniqueKeys(text);
  const entries: unknown[] = Array.isArray(value) ? value : Object.entries(value);
  return entries.map((entry) => {
    const [old, renamed, ...rest] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof old !== 'string' || typeof renamed !== 'string' || rest.length > 0) {
      throw new RangeError(`Expected each pair of the map to be two names, got ${JSON.stringify(entry).slice(0, 60)}`);
    }
    return pairOf(old, renamed);
  });
}

/** Names as they stand in JSON, and in a table: text, or 'b64:' and bytes in base64. @throws Refusal `encoding` */
export function pairOf(old: string, renamed: string): Pair {
  const from = fromJsonName(old);
  if (from === undefined) throw new Refusal('encoding', `the old name ${JSON.stringify(old)} is ill-formed`);
  return { from, to: fromJsonName(renamed) };
}

/**
 * Reads pairs of raw names, every name ended by NUL.
 *
 * @throws RangeError where the last name has no end, or an old one no new one
 */
export function readNulPairs(bytes: Buffer): Pair[] {
  if (bytes.length === 0) return [];
  const names = bytes.toString('latin1').split('\0');
  if (names.pop() !== '') throw new RangeError('Expected every name of the map to end with NUL, the last one does not');
  if (names.length % 2 === 1) throw new RangeError(`Expected pairs of names in the map, got ${names.length} names`);
  return Array.from({ length: names.length / 2 }, (_, pair) => ({ from: names[2 * pair]!, to: names[2 * pair + 1]! }));
}

function parseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new RangeError(`Expected the map to be JSON: ${(error as Error).message}`, { cause: error });
  }
  throw new RangeError('Expected the map to be a JSON object or an array of pairs');
}

/** A flat object of strings: every second string is a name. What is not flat is refused as no pair. */
function expectUniqueKeys(text: string): void {
  const seen = new Set<string>();
  for (const [, key] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:\s*(?:"(?:[^"\\]|\\.)*")?/g)) {
    const name = JSON.parse(key!) as string;
    if (seen.has(name)) throw new Refusal('duplicate-source', `the map has the old name ${JSON.stringify(name)} twice`);
    seen.add(name);
  }
}

/** 'sub//./a' is 'sub/a'. What leads up or begins at the root stays as it is, and is refused as a name. */
function normalize(path: RawPath): RawPath {
  if (path.startsWith('/')) return path;
  const parts = path.split('/').filter((part, _, all) => part !== '.' && (part !== '' || all.length === 1));
  return parts.join('/');
}

/** A slash at the end stays: for a file it names a folder without a name in it, which the plan refuses. */
function normalizeNew(path: RawPath): RawPath {
  const normal = normalize(path);
  return path.endsWith('/') && normal !== '' && !normal.endsWith('/') ? `${normal}/` : normal;
}
