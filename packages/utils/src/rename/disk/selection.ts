// Which entries a run is about.

import { matchesGlob } from 'node:path/posix';
import { baseOf, toText } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';

export interface Selection {
  /** Folders are renamed too. */
  readonly dirs?: boolean;
  /** Names that begin with a dot too. */
  readonly hidden?: boolean;
  /** Entries of folders too, at any depth. */
  readonly recursive?: boolean;
  /** Patterns, one of which fits: the name, or the path where the pattern has a slash. */
  readonly only?: readonly string[];
  /** Files, and folders whose entries are meant; the whole folder that is worked on where it is left out. */
  readonly places?: readonly RawPath[];
}

/** Whether a path fits one of the patterns. The two spellings of an accented letter are one here. */
export function fits(path: RawPath, only: readonly string[] | undefined): boolean {
  if (only === undefined || only.length === 0) return true;
  const text = toText(path).normalize('NFC');
  const name = toText(baseOf(path)).normalize('NFC');
  return only.some((glob) => matchesGlob(glob.includes('/') ? text : name, glob.normalize('NFC')));
}

/** Whether a path is one of the places, or lies in one of them. */
export function liesIn(path: RawPath, places: readonly RawPath[] | undefined): boolean {
  return places?.some((place) => place === '' || path === place || path.startsWith(`${place}/`)) ?? true;
}
