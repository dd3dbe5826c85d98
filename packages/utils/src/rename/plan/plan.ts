// The words that the rooms of the renamer share. All paths are relative to the folder that is worked on.

import type { RawPath } from '../names/raw-path.ts';

/** What is wrong with an operation. `io` is an error of the disk that none of the others names. */
export type Kind =
  | 'target-exists'
  | 'duplicate-target'
  | 'invalid-name'
  | 'name-too-long'
  | 'not-found'
  | 'duplicate-source'
  | 'permission'
  | 'cross-device'
  | 'encoding'
  | 'busy'
  | 'journal'
  | 'changed'
  | 'io';

export interface Problem {
  readonly kind: Kind;
  readonly from: RawPath;
  readonly to: RawPath;
  readonly message: string;
}

/** One wish: what a file is called, and what it shall be called. */
export interface Pair {
  readonly from: RawPath;
  /** Undefined where the wished name cannot be written as bytes. */
  readonly to: RawPath | undefined;
  /** Where it was read from the listing: whether it is a folder. */
  readonly folder?: boolean;
  /** Where it is known which file is meant: `identityOf` of it. */
  readonly identity?: string;
}

export interface Operation {
  readonly from: RawPath;
  readonly to: RawPath;
  readonly folder: boolean;
  readonly identity?: string;
}

/** One rename in the order in which they are safe. An operation is one step, or two through a temporary name. */
export interface Step {
  readonly from: RawPath;
  readonly to: RawPath;
  readonly folder: boolean;
  readonly identity: string;
  /** Leads to a temporary name, or back from one. */
  readonly temporary?: 'to' | 'from';
  /** Steps of one chain or cycle share a unit: they are done together or not at all. */
  readonly unit: number;
}

export interface Plan {
  /** In no order that matters. */
  readonly operations: readonly Operation[];
  readonly problems: readonly Problem[];
  /** What is allowed here and would be trouble elsewhere. */
  readonly warnings: readonly string[];
  /** Folders to be made first, parents before children. */
  readonly folders: readonly RawPath[];
  /** Whether a new name is the old name of another operation, so that the order matters. */
  readonly chained: boolean;
}

export type Outcome = 'preview' | 'ok' | 'refused' | 'rolled-back' | 'partial';

export interface Result {
  readonly outcome: Outcome;
  /** The run, for `undo`; undefined where nothing was begun. */
  readonly id?: string;
  /** Operations that were done and are still done. */
  readonly renamed: number;
  readonly operations: readonly Operation[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** Renames for which the file system has no hard links, so that a newcomer is only looked for, not excluded. */
  readonly unguarded: number;
}
