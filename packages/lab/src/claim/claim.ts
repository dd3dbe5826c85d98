// What a claim is. Every other room of the lab either produces one of these types or reads it.

import type { Plot } from './plot.ts';

/** Where a sentence comes from: the three posts, or this cookbook. */
export type Source = 'RC' | 'MM' | 'QA' | 'ours';

export const SOURCES: Readonly<Record<Source, string>> = {
  RC: 'Python Threads vs Processes: CPU Performance Comparison (a reality check)',
  MM: 'Python Multithreading and Multiprocessing (an introduction)',
  QA: 'Multiprocessing vs Threading Python (pros and cons)',
  ours: 'this cookbook',
};

/** A limit that a figure has to keep, both ends included. */
export interface Bound {
  readonly least?: number;
  readonly most?: number;
}

/** One measured quantity: the median of its samples and the interval that holds the true median. */
export interface Figure {
  readonly name: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** 'x' for a ratio, 'ms', 'count', 'MiB', '%' ... */
  readonly unit: string;
  readonly bound?: Bound;
}

/** What a measurement brings back. A recipe may add fields of its own for its `judge` to read. */
export interface Evidence {
  readonly figures: readonly Figure[];
  /** The finding in a few words, for the line of the claim; the first bounded figure where it is left out. */
  readonly headline?: string;
  /** Lines that explain the figures: what was held constant, what was seen on the way. */
  readonly notes?: readonly string[];
  /** Curves and timelines of what was measured, for the report. */
  readonly plots?: readonly Plot[];
  /** Set where both halves were measured together; otherwise `Claim.python` measures the other half. */
  readonly python?: readonly PythonRun[];
}

export type Verdict = 'holds' | 'refuted' | 'inconclusive' | 'cannot-show';

/** Why a verdict rests on less than a quiet machine would give: busy neighbours, or fewer cores than it seems. */
export type Qualifier = 'contended' | 'restricted';

export interface Judgement {
  readonly verdict: Verdict;
  readonly qualifier?: Qualifier;
  readonly reason?: string;
  /** Set where what refutes was counted: once is enough. What was timed has to be seen in a second measurement. */
  readonly counted?: true;
}

/** What a measurement may use of the program around it. */
export interface Context {
  /** Milliseconds that this measurement may still take to make up its mind. */
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

/** What the post's own program showed under one Python. The judgement is of what the post says, not of `answer`. */
export interface PythonRun {
  /** Such as 'CPython 3.13.0'. */
  readonly interpreter: string;
  /** Whether the global interpreter lock was on; undefined where there was no Python to ask. */
  readonly lock: boolean | undefined;
  readonly judgement: Judgement;
  readonly figures: readonly Figure[];
  readonly headline?: string;
}

export interface Claim<E extends Evidence = Evidence> {
  /** Chapter and recipe folder, such as 'threads/cpu-scaling'. */
  readonly id: string;
  /** What the posts say, one sentence in our words. */
  readonly says: string;
  readonly from: readonly Source[];
  /** What holds in Node.js, one sentence with the quantity. */
  readonly answer: string;
  readonly needs?: readonly Need[];
  measure(context: Context): Promise<E>;
  judge(evidence: E): Judgement;
  /** The post's own program, on every kind of Python that is found. Measured after the Node half is judged. */
  python?(context: Context): Promise<PythonRun[]>;
}

/**
 * Declares a claim. The type of the evidence flows from `measure` to `judge`; a list of claims forgets it again.
 *
 * @throws TypeError where the id is not `chapter/recipe` in lower case with hyphens.
 */
export function defineClaim<E extends Evidence>(claim: Claim<E>): Claim {
  if (!/^[a-z-]+\/[a-z-]+$/.test(claim.id)) {
    throw new TypeError(`Expected \`id\` to look like 'threads/cpu-scaling', got '${claim.id}'`);
  }
  return claim;
}

/** The folder of a claim's recipe: 'cpu-scaling' of 'threads/cpu-scaling'. */
export function recipeOf({ id }: Claim): string {
  return id.slice(id.indexOf('/') + 1);
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

/** Whether a figure keeps its bound; a figure without one does. Judges the median alone. */
export function keepsBound({ median, bound }: Figure): boolean {
  return median >= (bound?.least ?? -Infinity) && median <= (bound?.most ?? Infinity);
}

/** Holds when every figure keeps its bound, refuted otherwise: for what is counted, and no busy host can change. */
export function judgeBounds({ figures }: Evidence): Judgement {
  const broken = figures.filter((figure) => !keepsBound(figure));
  if (broken.length === 0) return { verdict: 'holds' };
  return { verdict: 'refuted', counted: true, reason: broken.map(describeBreach).join('; ') };
}

function describeBreach({ name, median, unit, bound }: Figure): string {
  const { least, most } = bound ?? {};
  const limits = [
    least === undefined || least === most ? '' : `at least ${least}`,
    most === undefined ? '' : least === most ? `${most}` : `at most ${most}`,
  ].filter(Boolean);
  return `Expected ${name} to be ${limits.join(' and ')} ${unit}, got ${Number(median.toPrecision(4))}`;
}

/**
 * How many were under way at once, against the figure's upper bound: as many as were started together. More refute, and
 * so does one at a time; fewer are what a busy host makes of it, where the first is over before the last has begun.
 */
export function judgeAtOnce({ name, median: most, bound }: Figure): Judgement {
  const expected = bound?.most ?? Infinity;
  if (most === expected) return { verdict: 'holds' };
  const reason = `${name}: ${most}, where ${expected} were expected`;
  if (most > expected) return { verdict: 'refuted', counted: true, reason };
  return { verdict: most <= 1 ? 'refuted' : 'inconclusive', reason };
}

/** From bad to good: of several judgements the worst one stands. */
const FROM_WORST: readonly Verdict[] = ['refuted', 'inconclusive', 'cannot-show', 'holds'];

/** One judgement of several that must all hold: the worst verdict, every reason, the first qualifier. */
export function allHold(judgements: readonly Judgement[]): Judgement {
  const verdict = FROM_WORST.find((worst) => judgements.some((judgement) => judgement.verdict === worst)) ?? 'holds';
  const decisive = judgements.filter((judgement) => judgement.verdict === verdict);
  const reason = decisive.flatMap((judgement) => judgement.reason ?? []).join('; ');
  const qualifier = decisive.find((judgement) => judgement.qualifier)?.qualifier;
  const wasCounted = decisive.some((judgement) => judgement.counted);
  return {
    verdict,
    ...(qualifier && { qualifier }),
    ...(reason && { reason }),
    ...(wasCounted && { counted: true as const }),
  };
}

/** A figure that was counted, not sampled: its interval is the count itself. */
export function counted(name: string, count: number, unit: string, bound?: Bound): Figure {
  return { name, median: count, low: count, high: count, unit, ...(bound && { bound }) };
}
