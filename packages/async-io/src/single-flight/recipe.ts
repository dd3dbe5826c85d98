// Claim      100 requests that miss one key cost one query. A rejection is not kept; an abort fails its own caller alone, and
//            the last one aborts the query.
// Mechanism  Callers of a key wait for one promise, forgotten once it settles.
// Use when   requests miss a cache together.
// Do not     write it without aborts: take p-memoize. In lru-cache's fetch the first caller's abort fails all.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts single-flight

/** Finds the value of a key. The signal aborts when nobody waits for it any more. */
export type Work<Key, Value> = (key: Key, signal: AbortSignal) => Value | Promise<Value>;

interface Flight<Value> {
  readonly answer: Promise<Value>;
  readonly stop: AbortController;
  /** Callers that have not left; one without a signal never does. */
  callers: number;
}

/** Runs work once for all who ask for the same key meanwhile, as `singleflight` of golang.org/x/sync does, with aborts. */
export class SingleFlight<Key, Value> {
  readonly #work: Work<Key, Value>;
  readonly #flights = new Map<Key, Flight<Value>>();

  /**
   * @param work runs in the AsyncLocalStorage context of the first caller; if it asks for its own key, it waits for itself
   */
  constructor(work: Work<Key, Value>) {
    this.#work = work;
  }

  /** Keys that are worked on now. */
  get size(): number {
    return this.#flights.size;
  }

  /**
   * The value of a key, from work under way or from new work. All callers get the same object: it is not to be changed.
   *
   * @param key is compared as by a Map: an object only with itself
   * @throws what the work throws, which the next call does not see; the signal's reason, which no other caller sees
   */
  async run(key: Key, signal?: AbortSignal): Promise<Value> {
    signal?.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#begin(key);
    flight.callers++;
    if (!signal) return flight.answer;
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = (): void => {
      reject(signal.reason);
      if (--flight.callers > 0) return;
      this.#end(key, flight); // who comes now is not to wait for work that was given up
      flight.stop.abort(signal.reason);
    };
    signal.addEventListener('abort', leave);
    try {
      return await Promise.race([flight.answer, left]);
    } finally {
      signal.removeEventListener('abort', leave); // the signal may live for longer
    }
  }

  /** Lets the next call begin new work: after a write, lest it get what was read before. Who waits already keeps waiting. */
  forget(key: Key): void {
    this.#flights.delete(key);
  }

  #begin(key: Key): Flight<Value> {
    const stop = new AbortController();
    const answer = (async () => this.#work(key, stop.signal))().finally(() => this.#end(key, flight));
    const flight: Flight<Value> = { answer, stop, callers: 0 };
    this.#flights.set(key, flight);
    return flight;
  }

  #end(key: Key, flight: Flight<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key); // it may have been forgotten, and begun anew
  }
}
