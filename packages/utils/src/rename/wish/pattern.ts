// New names by a regular expression on the old ones.

import type { Entry, Listing, Selection } from '../disk/listing.ts';
import { baseOf, parentOf, toRaw, toText, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Pair } from '../plan/plan.ts';
import type { Wish } from './wish.ts';

/**
 * Replaces every match of `find` in the base name by `replace`, in the syntax of `String.prototype.replace`: $1, $<name>,
 * $&. The expression is read with the flag `u`, so that it never cuts a character in two.
 *
 * @throws RangeError where the expression is none, or the template names a group that it has not
 */
export function patternWish(find: string, replace: string, selection: Selection = {}): Wish {
  const pattern = compile(find);
  expectGroups(pattern, replace);
  return (listing) =>
    pairsOf(listing, selection, ({ path }) => {
      const name = toText(baseOf(path));
      const renamed = name.replace(pattern, replace);
      return renamed === name ? undefined : renamed;
    });
}

/** A pair for each selected entry that gets a new name, which may lead into another folder. */
export function pairsOf(listing: Listing, selection: Selection, rename: (entry: Entry) => string | undefined): Pair[] {
  const pairs: Pair[] = [];
  for (const entry of listing.select(selection)) {
    const renamed = rename(entry);
    if (renamed !== undefined) pairs.push({ from: entry.path, to: pathOf(entry.path, renamed), folder: entry.folder });
  }
  return pairs;
}

function pathOf(path: RawPath, name: string): RawPath | undefined {
  const raw = toRaw(name);
  return raw === undefined ? undefined : within(parentOf(path), raw);
}

function compile(find: string): RegExp {
  try {
    return new RegExp(find, 'gu');
  } catch (error) {
    throw new RangeError(`Expected \`find\` to be a regular expression, got '${find}': ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** `replace` would take '$3' as it stands, or an unknown name as nothing, where there is no such group. */
function expectGroups(pattern: RegExp, replace: string): void {
  const groups = new RegExp(`${pattern.source}|`, 'u').exec('')!; // matches nothing, with all groups there are
  for (const [reference, name, number] of replace.matchAll(/\$\$|\$<([^>]*)>|\$(\d{1,2})/g)) {
    const known =
      name === undefined
        ? number === undefined ||
          (Number(number[0]) > 0 && Number(number[0]) < groups.length) ||
          (Number(number) > 0 && Number(number) < groups.length)
        : Object.hasOwn(groups.groups ?? {}, name);
    if (!known) throw new RangeError(`Expected \`replace\` to name a group of '${pattern.source}', got '${reference}'`);
  }
}
