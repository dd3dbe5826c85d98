// The claims of a run, one after another, each in the process of its chapter.

import { formError } from '../results/read.ts';
import type { ResultClaim } from '../results/format.ts';
import { ChapterError, openChapter } from '../chapter/chapter-process.ts';
import type { ChapterProcess, Drawing, Measured } from '../chapter/chapter-process.ts';
import type { Pace, Step } from './pace.ts';
import { chapterOf } from '../chapter/plan.ts';
import type { Plan } from '../chapter/plan.ts';

/** Hears how the run goes; what it returns is awaited before the next claim begins. */
export interface Listener {
  /** @param rest the ids that are left, this one first */
  begin(id: string, rest: readonly string[]): Drawing;
  measured(measured: Measured): Promise<void>;
  leftOut(ids: readonly string[]): Promise<void>;
}

export interface RunOptions {
  readonly columns: number;
  readonly pace: Pace;
  readonly listener: Listener;
}

/**
 * Runs the claims at the given pace. A chapter's process that dies takes one claim with it: that one is refuted, with
 * its last words as the reason, and the next gets a new process.
 */
export async function runClaims(plan: Plan, ids: readonly string[], options: RunOptions): Promise<void> {
  const { pace, listener } = options;
  const chapters = new OneChapter(plan);
  let rest = [...ids];
  try {
    for (let step = pace.next(rest); step !== undefined; step = pace.next(rest)) {
      const { id } = step;
      const screen = listener.begin(id, [id, ...rest.filter((one) => one !== id)]);
      const measured = await runClaim(plan, chapters, step, screen, options);
      await (measured ? listener.measured(measured) : listener.leftOut([id]));
      rest = rest.filter((one) => one !== id);
    }
  } finally {
    await chapters.close();
  }
  if (rest.length > 0) await listener.leftOut(rest);
}

/** Undefined where the claim is late and the pace leaves it out. */
async function runClaim(
  plan: Plan,
  chapters: OneChapter,
  { id, timeBudget, limit }: Step,
  screen: Drawing,
  { columns, pace }: RunOptions,
): Promise<Measured | undefined> {
  const started = performance.now();
  try {
    const chapter = await chapters.open(chapterOf(id));
    return wellFormed(plan, await chapter.run({ id, timeBudget, columns }, limit, screen));
  } catch (error) {
    if (!(error instanceof ChapterError)) throw error;
    await chapters.close();
    if (error.late && pace.leavesOutLate) return undefined;
    return { claim: failed(plan, id, error.message, (performance.now() - started) / 1_000) };
  }
}

/** The process of at most one chapter at a time: idle ones would take memory from the one that measures. */
class OneChapter {
  readonly #plan: Plan;
  #name = '';
  #open: ChapterProcess | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  async open(name: string): Promise<ChapterProcess> {
    if (name !== this.#name) await this.close();
    this.#name = name;
    this.#open ??= await openChapter(this.#plan.files.find((file) => file.name === name)!.claims);
    return this.#open;
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
  }
}

/** A claim with a figure that is no finite number could be written, but never be read again. */
function wellFormed(plan: Plan, measured: Measured): Measured {
  const { id, seconds } = measured.claim;
  const error = formError(measured.claim);
  return error === undefined ? measured : { ...measured, claim: failed(plan, id, error, seconds) };
}

function failed(plan: Plan, id: string, message: string, seconds: number): ResultClaim {
  return {
    ...plan.claims.get(id)!,
    verdict: 'refuted',
    reason: `the measurement failed: ${message}`,
    figures: [],
    seconds: Number(seconds.toFixed(2)),
  };
}
