// What a claim is. Every other room of the lab either produces one of these types or reads it.

import type { Finding, PythonRun } from './finding.ts';

/** Where a sentence comes from: the three posts, or what is often said elsewhere. */
export type Source = 'RC' | 'MM' | 'QA' | 'ours';

export const SOURCES: Readonly<Record<Source, string>> = {
  RC: 'Python Threads vs Processes: CPU Performance Comparison (a reality check)',
  MM: 'Python Multithreading and Multiprocessing (an introduction)',
  QA: 'Multiprocessing vs Threading Python (pros and cons)',
  ours: 'often said, in none of the three posts',
};

/** Whether what is said is so in Node.js. */
export type InNode = 'yes' | 'no' | `only if ${string}`;

/** What a measurement may use of the program around it. */
export interface Context {
  /** Milliseconds that this measurement may still take until its verdict is clear. */
  readonly budget: number;
  /** Aborted when the reader presses Ctrl-C: end what was started. */
  readonly signal: AbortSignal;
  readonly screen: Screen;
}

/** Where a measurement may draw while it runs. Silent under `--json` and in tests. */
export interface Screen {
  /** Width in columns. */
  readonly columns: number;
  /** Replaces the drawing in progress on a terminal; does nothing in a pipe. */
  draw(frame: string): void;
  /** Writes lines that stay, below whatever was drawn before. */
  print(text: string): void;
}

/** Something the host must have. Returns why it does not, or nothing where all is well. */
export type Need = () => Promise<string | undefined> | string | undefined;

export interface Claim {
  /** Chapter and recipe folder, such as 'threads/cpu-scaling'. */
  readonly id: string;
  /** As a person would type it into a search: 'Do worker threads make CPU-bound code faster?' */
  readonly question: string;
  /** What the posts say, one sentence in our words. */
  readonly says: string;
  readonly from: readonly Source[];
  /** Whether `says` is so in Node.js. */
  readonly inNode: InNode;
  /** What holds in Node.js, one sentence with the quantity, at most 25 words, to be understood without the others. */
  readonly answer: string;
  readonly needs?: readonly Need[];
  /** Measures, and says what was found. The verdict is that all findings hold. */
  measure(context: Context): Promise<readonly Finding[]>;
  /** The post's own program, on every kind of Python that is found. Measured after the Node half is judged. */
  python?(context: Context): Promise<PythonRun[]>;
}

/**
 * Declares a claim.
 *
 * @throws TypeError where the id is not `chapter/recipe` in lower case with hyphens.
 */
export function defineClaim(claim: Claim): Claim {
  if (!/^[a-z-]+\/[a-z-]+$/.test(claim.id)) {
    throw new TypeError(`Expected \`id\` to look like 'threads/cpu-scaling', got '${claim.id}'`);
  }
  return claim;
}

/** The folder of a claim's recipe: 'cpu-scaling' of 'threads/cpu-scaling'. */
export function recipeOf({ id }: Pick<Claim, 'id'>): string {
  return id.slice(id.indexOf('/') + 1);
}

/** The chapter of a claim: 'threads' of 'threads/cpu-scaling'. */
export function chapterOf({ id }: Pick<Claim, 'id'>): string {
  return id.slice(0, id.indexOf('/'));
}

/** A chapter: the claims of a package in reading order. */
export interface Chapter {
  /** The package's folder name: 'threads'. */
  readonly name: string;
  readonly title: string;
  /** Its README.md, which shows the verdicts of a run between `begin:verdicts` and `end:verdicts`. */
  readonly readme: URL;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly claims: readonly Claim[];
}
