// Places that tasks hold while they run. How many there are may change while some are held.

/** Gives places away in the order in which they were asked for. */
export class Places {
  readonly #most: () => number;
  readonly #waiting = new Set<() => void>();
  #held = 0;

  /** @param most how many may be held now */
  constructor(most: () => number) {
    this.#most = most;
  }

  get held(): number {
    return this.#held;
  }

  /**
   * Resolves when there is a place, which is then held.
   *
   * @throws the signal's reason; then no place is held
   */
  async enter(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#held < this.#most()) return void this.#held++;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = (): void => {
      if (this.#waiting.delete(resolve)) reject(signal!.reason);
    };
    this.#waiting.add(resolve);
    signal?.addEventListener('abort', abort);
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', abort); // the signal may live for longer
    }
    if (!signal?.aborted) return;
    this.leave(); // it was aborted between its turn and here
    throw signal.reason;
  }

  /** Gives a place back, to those that wait. */
  leave(): void {
    this.#held--;
    for (const admit of this.#waiting) {
      if (this.#held >= this.#most()) return;
      this.#waiting.delete(admit);
      this.#held++;
      admit();
    }
  }
}
