// Claim      At 50 a second with bursts of 10 no second holds more than 60 starts; 10 at once start 240.
// Mechanism  Starts take tokens, which come evenly; at most `burst` are kept.
// Use when   a server limits requests a second: stay below that, since requests bunch on their way.
// Do not     count in fixed windows: bursts meet at seams. Across processes: rate-limiter-flexible; without aborts: limiter.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts rate-limit

import { AsyncLocalStorage } from 'node:async_hooks';

/** setTimeout goes off at once where it is asked for more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface RateOptions {
  /** Starts a second in the long run, above 0. */
  readonly perSecond: number;
  /** Starts that may follow one another at once after a rest, from 1 up. */
  readonly burst: number;
  /** Calls that may wait; one more is refused. Infinity if it is left out. */
  readonly mostWaiting?: number;
}

/**
 * Starts tasks in the order of their calls, at most `burst + perSecond * s` in any s seconds, by this process's monotonic clock.
 *
 * A token bucket, kept as one time, that at which it is full: the generic cell rate algorithm in its virtual scheduling form
 * (ITU-T I.371).
 */
export class RateLimit {
  readonly #interval: number;
  readonly #burst: number;
  readonly #mostWaiting: number;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #fullAt = -Infinity;

  /** @throws RangeError where an option makes no sense */
  constructor({ perSecond, burst, mostWaiting = Infinity }: RateOptions) {
    if (!(perSecond > 0)) throw new RangeError(`Expected \`perSecond\` to be above 0, got ${perSecond}`);
    if (!Number.isInteger(burst) || burst < 1)
      throw new RangeError(`Expected \`burst\` to be an integer from 1 up, got ${burst}`);
    if (!(mostWaiting >= 0)) throw new RangeError(`Expected \`mostWaiting\` to be from 0 up, got ${mostWaiting}`);
    [this.#interval, this.#burst, this.#mostWaiting] = [1_000 / perSecond, burst, mostWaiting];
  }

  /**
   * Runs the task when it is its turn. A task that fails has used its turn; one that was aborted before it has not.
   *
   * @throws what the task throws; the signal's reason, while it waits; an Error where too many wait
   */
  async run<T>(task: (signal?: AbortSignal) => T | Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // In its caller's context, whoever set the timer; and the clock was read just before, not an await ago.
    const start = AsyncLocalStorage.bind(() => resolve((async () => task(signal))()));
    this.#waiting.add(start);
    this.#startDue();
    if (this.#waiting.size > this.#mostWaiting && this.#leave(start))
      throw new Error(`Expected at most ${this.#mostWaiting} calls to wait, got one more`);
    const abort = (): void => {
      if (this.#leave(start)) reject(signal!.reason); // once it has begun, the task minds the signal
    };
    signal?.addEventListener('abort', abort);
    return promise.finally(() => signal?.removeEventListener('abort', abort)); // the signal may live for longer
  }

  #leave(start: () => void): boolean {
    const isWaiting = this.#waiting.delete(start);
    if (this.#waiting.size === 0) clearTimeout(this.#timer); // it would keep the process for nobody
    return isWaiting;
  }

  readonly #startDue = (): void => {
    for (const start of this.#waiting) {
      const now = performance.now(); // again: a timer may be early or late, and tasks take time
      const wait = this.#fullAt - (this.#burst - 1) * this.#interval - now;
      if (wait > 0) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(this.#startDue, Math.min(Math.ceil(wait), LONGEST_TIMER_MS));
        return;
      }
      this.#waiting.delete(start);
      this.#fullAt = Math.max(this.#fullAt, now) + this.#interval;
      start();
    }
  };
}
