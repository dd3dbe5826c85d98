// What a run leaves in `results/`. The form is published as results.schema.json.

import type { Host } from '@cookbook/lab/host';
import type { JsonClaim } from '@cookbook/lab/show';

/** Raised by one when a reader of the old form would misread the new one. 2: figures have keys, claims a question. */
export const VERSION = 2;

export interface Results {
  readonly version: typeof VERSION;
  /** ISO 8601, to the second, as all dates here. */
  readonly started: string;
  /** Left out where the run was cut short, or is still going on. */
  readonly finished?: string;
  /** What was typed: 'pnpm start --only threads'. */
  readonly command: string;
  readonly selection: Selection;
  readonly host: Host;
  /** The Pythons that were found, such as 'CPython 3.13.0'. */
  readonly python: readonly string[];
  /** Every claim that there is, in reading order. Those that stand neither in `claims` nor in `leftOut` are missing. */
  readonly chapters: readonly PlannedChapter[];
  /** Where the recipe of every claim stands, by id. */
  readonly recipes: Readonly<Record<string, Recipe>>;
  /** Ids of the claims that were not to run: not named by --only, or no time for them under --quick. */
  readonly leftOut: readonly string[];
  /** What was measured, in the order in which it was. */
  readonly claims: readonly JsonClaim[];
  /** Left out where the system does not say. */
  readonly peakMemory?: PeakMemory;
}

/** What of the project a run is to show. */
export interface Selection {
  /** Chapters and claims by name, such as 'threads' or 'processes/kill'; all where none is named. */
  readonly only: readonly string[];
  readonly quick: boolean;
  /** Seconds for which a claim may be measured again while it is inconclusive. */
  readonly timeBudget: number;
}

export interface PlannedChapter {
  /** The package's folder name: 'threads'. */
  readonly name: string;
  readonly title: string;
  readonly sections: readonly { readonly title: string; readonly claims: readonly string[] }[];
  /** Why the chapter could not be read, where it could not; it has no sections then. */
  readonly failure?: string;
}

export interface Recipe {
  /** From the repository's root, with slashes: 'packages/threads/src/cpu-scaling'. */
  readonly folder: string;
  /** Runs this one claim again: 'pnpm tsx packages/threads/src/main.ts cpu-scaling'. */
  readonly command: string;
}

/** The most memory that a process held at once (maximum resident set size, as the system counts it), MiB. */
export interface PeakMemory {
  readonly runner: number;
  /** Of the process that runs a chapter's claims, by name; what that process starts is not in it. */
  readonly chapters: Readonly<Record<string, number>>;
}
