// Claim      A limit that adapts to latency finds what a server works on at once, 32 here, to within 20 %, without a refusal.
// Mechanism  A queue shows in the latency: the limit grows by 1 without one, else shrinks by an eighth.
// Use when   clients could overload a server of unknown width.
// Do not     adapt where a width is agreed on, or requests differ in cost.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts adaptive-limit

// Additive increase and multiplicative decrease are what lets several clients share a server evenly: Chiu & Jain, Analysis
// of the Increase and Decrease Algorithms for Congestion Avoidance (1989).

/** Latency of this many times the best one is a sign of a queue. */
const TOLERANCE = 1.2;
const INCREASE = 1;
/** 7/8, as in the DECbit scheme that the paper analyses; a half, as TCP has it, would idle the server more. */
const DECREASE = 0.875;

/** Runs tasks, as many at once as it finds to be of use. */
export class AdaptiveLimit {
  #exact = 1;
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** Answers to what was started since the limit last changed; earlier ones belong to another limit. */
  #window = { number: 0, answers: 0, time: 0 };
  #best = Infinity;

  /** Tasks that may run at once, from 1 up. */
  get limit(): number {
    return Math.floor(this.#exact);
  }

  /** Runs the task when there is room. A task that rejects is taken for one that was refused. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running >= this.limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++; // a task that waited is given the place of the one that left
    const { number } = this.#window;
    const start = performance.now();
    let hasFailed = true;
    try {
      const result = await task();
      hasFailed = false;
      return result;
    } finally {
      if (number === this.#window.number) this.#observe(performance.now() - start, hasFailed);
      this.#leave();
    }
  }

  /** A window is as many answers as the limit, about one from each place; a failure ends it at once. */
  #observe(time: number, hasFailed: boolean): void {
    const window = this.#window;
    window.answers++;
    window.time += time;
    if (!hasFailed && window.answers < this.limit) return;
    // The mean, for a queue may delay a few by much and the others not at all: by Little's law it grows with the queue.
    const latency = window.time / window.answers;
    if (!hasFailed) this.#best = Math.min(this.#best, latency);
    const isCongested = hasFailed || latency > TOLERANCE * this.#best;
    this.#exact = isCongested ? Math.max(1, this.#exact * DECREASE) : this.#exact + INCREASE;
    this.#window = { number: window.number + 1, answers: 0, time: 0 };
  }

  #leave(): void {
    this.#running--;
    while (this.#running < this.limit && this.#waiting.length > 0) {
      this.#running++;
      this.#waiting.shift()!();
    }
  }
}
