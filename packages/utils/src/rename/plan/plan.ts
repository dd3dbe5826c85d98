// The operations and steps that a wish comes to. All paths are relative to the folder that is worked on.

import type { RawPath } from '../names/raw-path.ts';
import type { Problem } from './problems.ts';

/** One wish: the name of a file, and its new name. */
export interface Pair {
  readonly from: RawPath;
  /** Undefined where the wished name cannot be written as bytes. */
  readonly to: RawPath | undefined;
  /** Where it is known, from the listing or a journal: whether it is a folder. */
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
  /** Names that are allowed here and would fail on another system. */
  readonly warnings: readonly string[];
  /** Folders to be made first, parents before children. */
  readonly folders: readonly RawPath[];
  /** Whether a new name is the old name of another operation, so that the order matters. */
  readonly chained: boolean;
}
