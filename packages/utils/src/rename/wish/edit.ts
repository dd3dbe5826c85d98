// New names by hand: the list in the editor of the user's choice.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { Entry, Listing, Selection } from '../disk/listing.ts';
import { show, toText, unshow } from '../names/raw-path.ts';
import type { Pair } from '../plan/plan.ts';
import type { Wish } from './wish.ts';

const natural = new Intl.Collator('en', { numeric: true });

/** Shows the list of the selected entries to `edit`, which returns it changed. */
export function editWish(edit: (list: string) => string, selection: Selection = {}): Wish {
  return (listing) => {
    const entries = sorted(listing, selection);
    return readList(edit(writeList(entries)), entries);
  };
}

function sorted(listing: Listing, selection: Selection): Entry[] {
  return listing.select(selection).toSorted((a, b) => natural.compare(toText(a.path), toText(b.path)));
}

/** A line for each entry: its number, a tab, its path with escapes. */
export function writeList(entries: readonly Entry[]): string {
  return entries.map(({ path }, index) => `${index + 1}\t${show(path)}\n`).join('');
}

/**
 * Reads the list again. The number identifies the entry, so that lines may be sorted; an entry whose line is
 * missing keeps its name.
 *
 * @throws RangeError where a line has no number of the list, has one twice, or has an escape that there is not
 */
export function readList(list: string, entries: readonly Entry[]): Pair[] {
  const seen = new Set<string>();
  return list
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const [, number = '', shown = ''] = /^(\d+)\t(.*)$/.exec(line) ?? [];
      const entry = entries[Number(number) - 1];
      if (entry === undefined)
        throw new RangeError(`Expected a number of the list and a tab, got '${line.slice(0, 60)}'`);
      if (seen.has(number)) throw new RangeError(`Expected each number of the list once, got ${number} twice`);
      seen.add(number);
      const to = unshow(shown);
      if (to === undefined)
        throw new RangeError(`Expected a name with escapes as in the list, got '${shown.slice(0, 60)}'`);
      return { from: entry.path, to };
    });
}

/**
 * Has the user edit a text in $VISUAL, $EDITOR, or the editor that every such system has.
 *
 * @throws RangeError where the editor cannot be run or fails
 */
export function openEditor(text: string): string {
  const fallback = process.platform === 'win32' ? 'notepad' : 'vi';
  const editor = process.env['VISUAL'] || process.env['EDITOR'] || fallback;
  const folder = mkdtempSync(join(os.tmpdir(), 'rename-'));
  try {
    const file = join(folder, 'names.txt');
    writeFileSync(file, text);
    // An editor is a command line ('code --wait'), which a shell takes apart, sh and cmd alike.
    const { status, error } = spawnSync(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
    if (error || status !== 0)
      throw new RangeError(`Expected the editor '${editor}' to end well, got ${error ?? `status ${status}`}`);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
