// New names by hand: the list in the editor of the user's choice.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';
import type { Entry, Listing } from '../disk/listing.ts';
import type { Selection } from '../disk/selection.ts';
import { show, toText, unshow } from '../names/raw-path.ts';
import type { Pair } from '../plan/plan.ts';
import type { Wish } from './wish.ts';

const natural = new Intl.Collator('en', { numeric: true });

/**
 * Shows the list of the selected entries to `edit`, which returns it changed. The wish may be asked again: `edit` then gets
 * the list as it was left, with whatever mistake is in it.
 */
export function editWish(edit: (list: string) => string, selection: Selection = {}): Wish {
  let entries: readonly Entry[] | undefined;
  let list: string | undefined;
  return (listing) => {
    entries ??= sorted(listing, selection);
    list = edit(list ?? writeList(entries));
    return readList(list, entries);
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
    .replace(/^\ufeff/, '') // some editors mark UTF-8
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

export interface Editor {
  /** The file in which the list is edited; undefined before the first time. */
  readonly file: string | undefined;
  /**
   * Has the user edit a text in $VISUAL, $EDITOR, or the editor that every such system has.
   *
   * @throws RangeError where the editor cannot be run or fails
   */
  edit(text: string): string;
  /** Removes the file. */
  close(): void;
}

/** An editor whose file stays until `close`: what was typed is not lost with a mistake, or with this program. */
export function openEditor(): Editor {
  const fallback = process.platform === 'win32' ? 'notepad' : 'vi';
  const editor = process.env['VISUAL'] || process.env['EDITOR'] || fallback;
  let file: string | undefined;
  return {
    get file() {
      return file;
    },
    edit(text) {
      file ??= join(mkdtempSync(join(os.tmpdir(), 'rename-')), 'names.txt');
      writeFileSync(file, text);
      // An editor is a command line ('code --wait'), which a shell takes apart, sh and cmd alike.
      const { status, error } = spawnSync(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
      if (error || status !== 0)
        throw new RangeError(`Expected the editor '${editor}' to end well, got ${error ?? `status ${status}`}`);
      return readFileSync(file, 'utf8');
    },
    close() {
      if (file !== undefined) rmSync(dirname(file), { recursive: true, force: true });
    },
  };
}
