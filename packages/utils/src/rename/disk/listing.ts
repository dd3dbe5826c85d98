// The entries of the folder before anything is renamed: read once, and looked up as often as needed.

import type { NameMap } from '../names/name-map.ts';
import { baseOf, fold, parentOf, toText, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import { codeOf } from './file-system.ts';
import type { EntryKind, FileSystem } from './file-system.ts';
import { fits } from './selection.ts';
import type { Selection } from './selection.ts';

interface Folder {
  readonly kinds: NameMap<EntryKind>;
  /** For a folder that ignores case: the name that is there, by its folded form. */
  readonly folded: Map<string, RawPath> | undefined;
}

export interface Entry {
  readonly path: RawPath;
  readonly folder: boolean;
}

/** The names under `root`; a folder is read when it is first asked for. The whole list stands before the first rename. */
export class Listing {
  readonly #folders = new Map<RawPath, Folder | undefined>();
  /** By folder: its names by their composed form. */
  readonly #composed = new Map<RawPath, Map<string, RawPath[]>>();
  #last: { path: RawPath; folder: Folder | undefined } | undefined;
  readonly #fs: FileSystem;
  readonly #root: RawPath;
  /** Folders that a recursive selection could not read, with the code of the error: their entries are left out. */
  readonly unreadable: [path: RawPath, code: string][] = [];

  constructor(fs: FileSystem, root: RawPath) {
    this.#fs = fs;
    this.#root = root;
  }

  /** The entry at a path, as the system spells it there; undefined where there is none. */
  find(path: RawPath): { path: RawPath; kind: EntryKind } | undefined {
    const parent = parentOf(path);
    const folder = this.#read(parent);
    const name = baseOf(path);
    const exact = folder?.kinds.get(name);
    if (exact !== undefined) return { path, kind: exact };
    const spelled = folder?.folded?.get(fold(name));
    return spelled === undefined ? undefined : { path: within(parent, spelled), kind: folder!.kinds.get(spelled)! };
  }

  /** A path as it stands on disk, where its name differs in how accents are spelled and one entry alone fits; else as it is. */
  spelledAsOnDisk(path: RawPath): RawPath {
    if (/^[ -~]*$/.test(path) || this.find(path) !== undefined) return path;
    const parent = parentOf(path);
    let composed = this.#composed.get(parent);
    if (composed === undefined) {
      const names = this.#read(parent)?.kinds.keys() ?? [];
      composed = Map.groupBy(names, (name) => toText(name).normalize('NFC'));
      this.#composed.set(parent, composed);
    }
    const [name, second] = composed.get(toText(baseOf(path)).normalize('NFC')) ?? [];
    return name === undefined || second !== undefined ? path : within(parent, name);
  }

  /** Paths with the same key are one place: the path itself, its name folded where the folder ignores case. */
  keyOf(path: RawPath): string {
    const parent = parentOf(path);
    return this.#read(parent)?.folded === undefined ? path : `${parent}/${fold(baseOf(path))}`;
  }

  isFolder(path: RawPath): boolean {
    return path === '' || this.find(path)?.kind === 'folder';
  }

  /** Entries to rename: files and links of the top folder, and what the selection adds. Links are not followed. */
  select(selection: Selection): Entry[] {
    const { places, only } = selection;
    if (places === undefined) return this.#entriesOf('', selection);
    const entries = places.flatMap((path) => {
      if (this.isFolder(path)) return this.#entriesOf(path, selection);
      return fits(path, only) ? [{ path, folder: false }] : [];
    });
    return [...new Map(entries.map((entry) => [entry.path, entry])).values()]; // a file and its folder may both be named
  }

  #entriesOf(parent: RawPath, selection: Selection): Entry[] {
    const { dirs = false, hidden = false, recursive = false, only } = selection;
    const entries: Entry[] = [];
    for (const [name, kind] of this.#read(parent)?.kinds ?? []) {
      if (!hidden && name.startsWith('.')) continue;
      const path = within(parent, name);
      if (kind === 'folder' && recursive && this.#isReadable(path)) {
        for (const entry of this.#entriesOf(path, selection)) entries.push(entry);
      }
      if ((kind !== 'folder' || dirs) && fits(path, only)) {
        entries.push({ path, folder: kind === 'folder' });
      }
    }
    return entries;
  }

  /** The links in all folders that were read so far. */
  links(): RawPath[] {
    return [...this.#folders].flatMap(([folder, read]) =>
      [...(read?.kinds ?? [])].filter(([, kind]) => kind === 'link').map(([name]) => within(folder, name)),
    );
  }

  /** Reads a folder below the top; where that is forbidden its entries are left out, and the others are not. */
  #isReadable(path: RawPath): boolean {
    try {
      this.#read(path);
      return true;
    } catch (error) {
      if (codeOf(error) === '') throw error;
      this.unreadable.push([path, codeOf(error)]);
      return false;
    }
  }

  /** @throws the system's error where the top folder, or a folder that may not be read, is asked for */
  #read(path: RawPath): Folder | undefined {
    // Most questions are about the folder of the question before.
    if (this.#last?.path === path) return this.#last.folder;
    const folder = this.#folders.has(path) ? this.#folders.get(path) : this.#readNew(path);
    this.#last = { path, folder };
    return folder;
  }

  #readNew(path: RawPath): Folder | undefined {
    let folder: Folder | undefined;
    if (path === '' || this.find(path)?.kind === 'folder') {
      const kinds = this.#fs.list(path === '' ? this.#root : `${this.#root}/${path}`);
      const folded = this.#ignoresCase(path, kinds)
        ? new Map(kinds.keys().map((name) => [fold(name), name]))
        : undefined;
      folder = { kinds, folded };
    }
    this.#folders.set(path, folder);
    return folder;
  }

  /** Asks for one name with its case swapped: the same file under a name that is not listed. */
  #ignoresCase(folder: RawPath, kinds: NameMap<EntryKind>): boolean {
    for (const name of kinds.keys()) {
      const swapped = name.replaceAll(/[A-Za-z]/g, (letter) =>
        letter < 'a' ? letter.toLowerCase() : letter.toUpperCase(),
      );
      if (swapped === name || kinds.has(swapped)) continue;
      try {
        return this.#fs.lstat(`${this.#root}/${within(folder, swapped)}`) !== undefined;
      } catch (error) {
        if (codeOf(error) === '') throw error;
        return false;
      }
    }
    return false;
  }
}
