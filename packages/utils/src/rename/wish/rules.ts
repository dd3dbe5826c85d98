// Rules that change names, one after another: a later rule gets the name that the earlier ones have made.

import type { FileSystem } from '../disk/file-system.ts';
import type { Entry } from '../disk/listing.ts';
import type { Selection } from '../disk/selection.ts';
import { baseOf, parentOf, toRaw, toText, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Pair } from '../plan/plan.ts';
import type { Wish } from './wish.ts';

/** What a rule may look at: all entries that are renamed, and the disk. */
export interface Scene {
  readonly entries: readonly Entry[];
  readonly fs: FileSystem;
  readonly root: RawPath;
  readonly warn: (warning: string) => void;
}

/** A new name from the name so far, both as text; undefined where the entry is to keep the name that it has on disk. */
type Renaming = (name: string, entry: Entry) => string | undefined;

export type Rule = (scene: Scene) => Renaming;

/** Renames every selected entry by all of the rules. A new name with slashes leads into another folder. */
export function rulesWish(rules: readonly Rule[], selection: Selection = {}): Wish {
  return (listing, fs, root, warn = () => {}) => {
    const entries = listing.select(selection);
    const renamings = rules.map((rule) => rule({ entries, fs, root, warn }));
    const pairs: Pair[] = [];
    for (const entry of entries) {
      const old = toText(baseOf(entry.path));
      const renamed = renamings.reduce<string | undefined>(
        (name, rename) => (name === undefined ? undefined : rename(name, entry)),
        old,
      );
      if (renamed === undefined || renamed === old) continue;
      const raw = toRaw(renamed);
      const to = raw === undefined ? undefined : within(parentOf(entry.path), raw);
      pairs.push({ from: entry.path, to, folder: entry.folder });
    }
    return pairs;
  };
}

/** Has a rule change what stands before the extension, and leave that alone. */
export function beforeExtension(rule: Rule): Rule {
  return (scene) => {
    const rename = rule(scene);
    return (name, entry) => {
      const { stem, extension } = splitName(name);
      const renamed = rename(stem, entry);
      return renamed === undefined ? undefined : renamed + extension;
    };
  };
}

/** '.gz' goes with the '.tar' before it. A dot at the start begins no extension. */
export function splitName(name: string): { stem: string; extension: string } {
  const [extension = ''] = /(?<=[^/])(?:\.tar)?\.[^./]*$/i.exec(name) ?? [];
  return { stem: name.slice(0, name.length - extension.length), extension };
}
