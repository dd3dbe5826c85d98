// Measures claims, each in the process of its chapter. One that dies takes one claim with it: that one is refuted, with
// its last words as the reason, and the next gets a new process.

import { chapterOf } from '@cookbook/lab/claim';
import type { Screen } from '@cookbook/lab/claim';
import { formError } from '../results/read.ts';
import { ChapterError, openChapter } from './chapter-process.ts';
import type { ChapterProcess, Measured } from './chapter-process.ts';
import type { Plan } from './plan.ts';

export interface Order {
  readonly id: string;
  /** Seconds for which the claim may be measured again while it is inconclusive. */
  readonly timeBudget: number;
  /** ms after which its process is killed. */
  readonly limit: number;
}

/** The process of at most one chapter at a time: idle ones would take memory from the one that measures. */
export class Measurer {
  readonly #plan: Plan;
  #name = '';
  #open: ChapterProcess | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** @param leaveOutLate whether a claim that is over its limit is left out, undefined, rather than refuted */
  async measure(
    { id, timeBudget, limit }: Order,
    screen: Screen,
    leaveOutLate: boolean,
  ): Promise<Measured | undefined> {
    const started = performance.now();
    try {
      const chapter = await this.#openChapter(chapterOf({ id }));
      const measured = await chapter.run({ id, timeBudget, columns: screen.columns }, limit, screen);
      const error = formError(measured.claim); // a figure that is no finite number could be written, but never read again
      return error === undefined ? measured : { ...measured, ...this.#failed(id, error, measured.claim.seconds) };
    } catch (error) {
      if (!(error instanceof ChapterError)) throw error;
      await this.close();
      if (error.late && leaveOutLate) return undefined;
      return this.#failed(id, error.message, (performance.now() - started) / 1_000);
    }
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
  }

  async #openChapter(name: string): Promise<ChapterProcess> {
    if (name !== this.#name) await this.close();
    this.#name = name;
    this.#open ??= await openChapter(this.#plan.files.find((file) => file.name === name)!.claims);
    return this.#open;
  }

  #failed(id: string, message: string, seconds: number): Measured {
    const reason = `the measurement failed: ${message}`;
    const words = this.#plan.claims.get(id)!;
    return {
      claim: {
        ...words,
        verdict: 'refuted',
        reason,
        headline: `${reason}.`,
        figures: [],
        seconds: Number(seconds.toFixed(2)),
      },
    };
  }
}
