// Claim      A limit that adapts to latency settles within 20 % of what a server works on at once, 32 here, unrefused, also
//            when it slows down.
// Mechanism  Latency shows a queue: the limit grows by 1 without one, else shrinks by an eighth.
// Use when   clients could overload a server.
// Do not     adapt where a width is agreed on, or requests differ in cost.
// Copy       recipe.ts, places.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts adaptive-limit

import { Places } from './places.ts';

// Growing by steps and shrinking by shares is what lets clients share a server evenly: Chiu & Jain, Analysis of the Increase
// and Decrease Algorithms for Congestion Avoidance (1989).

/** Latency of this many times the best one is a sign of a queue. */
const TOLERANCE = 1.2;
/** 7/8, as in the DECbit scheme; a half, as TCP has it, would idle the server more. */
const DECREASE = 0.875;
/** The best latency is forgotten after so many windows, and measured anew at half the limit, as BBR does: without a queue. */
const BEST_AGE = 32;

/** Whether an error says that the server has no room: a status of 429 or 503, or no answer in time. */
export function isRefusal(error: unknown): boolean {
  const { status, name } = Object(error) as { status?: unknown; name?: unknown };
  return status === 429 || status === 503 || name === 'TimeoutError';
}

/** Runs tasks, as many at once as it finds to be of use. */
export class AdaptiveLimit {
  #exact = 1;
  readonly #places = new Places(() => this.#room);
  /** Answers to what was started since the limit last changed; earlier ones belong to another limit. */
  #window = { number: 0, answers: 0, time: 0 };
  #best = Infinity;
  readonly #isRefusal: typeof isRefusal;

  /** @param options `isRefusal` for errors of another shape */
  constructor(options: { readonly isRefusal?: typeof isRefusal } = {}) {
    this.#isRefusal = options.isRefusal ?? isRefusal;
  }

  /** Tasks that may run at once, from 1 up. */
  get limit(): number {
    return Math.floor(this.#exact);
  }

  get #isProbing(): boolean {
    return this.#window.number % BEST_AGE === BEST_AGE - 1;
  }

  get #room(): number {
    return this.#isProbing ? Math.ceil(this.limit / 2) : this.limit;
  }

  /**
   * Runs the task when there is room. A refusal shrinks the limit; another error, such as an abort or a 404, does not count.
   *
   * @throws what the task throws; the signal's reason, also while it waits. A task that has begun is to mind the signal.
   */
  async run<T>(task: (signal?: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#places.enter(signal);
    const [{ number }, start] = [this.#window, performance.now()];
    try {
      const result = await task(signal);
      this.#observe(number, start, false);
      return result;
    } catch (error) {
      signal?.throwIfAborted();
      if (this.#isRefusal(error)) this.#observe(number, start, true);
      throw error;
    } finally {
      this.#places.leave();
    }
  }

  /** A window is as many answers as there is room for, about one from each place; a refusal ends it at once. */
  #observe(number: number, start: number, isRefused: boolean): void {
    const window = this.#window;
    if (number !== window.number) return;
    window.time += performance.now() - start;
    if (++window.answers < this.#room && !isRefused) return;
    // The mean, for a queue may delay a few by much and the others not at all: by Little's law it grows with the queue.
    const latency = window.time / window.answers;
    if (!isRefused) this.#best = this.#isProbing ? latency : Math.min(this.#best, latency);
    if (isRefused || latency > TOLERANCE * this.#best) this.#exact = Math.max(1, this.#exact * DECREASE);
    else if (this.#places.held >= this.limit) this.#exact++; // a limit that is not reached says nothing of a higher one
    this.#window = { number: window.number + 1, answers: 0, time: 0 };
  }
}
