// Claim      100,000 operations under one signal leave no listener, and under 1 MiB, where each takes its own off; 10,000 that
//            do not leave 10,000.
// Mechanism  `once` takes a listener off when the signal aborts: a server's own never does.
// Use when   a library takes no signal, or leaves listeners.
// Do not     wrap fetch, undici or timers: these take theirs off.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts signal-leaks

/** Broken: the listener stays on the signal, with all that it refers to. Node.js gives no warning. */
export async function untilAbortedLeaking<T>(signal: AbortSignal, work: () => T | PromiseLike<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  begin(work).then(resolve, reject);
  return promise;
}

/**
 * The result of work that knows of no signal, or the signal's reason where that comes first. The work then goes on, and its
 * result is dropped, or its error: no one waits for it any more. Where the signal has aborted before, the work never begins.
 *
 * `events.addAbortListener` is Node's own way to the same end: it also hears an abort that another listener keeps to itself
 * by `stopImmediatePropagation`.
 *
 * @throws what the work throws, or the signal's reason, as they are: neither has to be an Error
 */
export async function untilAborted<T>(signal: AbortSignal, work: () => T | PromiseLike<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    begin(work).then(resolve, reject);
    return await promise;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Gives work a signal of its own, which aborts when `signal` does and is garbage once the work has ended: whatever a library
 * has left on it goes with it. A signal of `AbortSignal.any([signal])` does not: Node.js keeps it, as long as it has a
 * listener, until `signal` aborts.
 *
 * The result is awaited also after an abort, since the work is to end by itself.
 *
 * @throws what the work throws; the signal's reason where it has aborted before
 */
export async function withOwnSignal<T>(
  signal: AbortSignal,
  work: (own: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  const abort = (): void => own.abort(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await work(own.signal);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** An error that is thrown before the first await rejects as well. */
async function begin<T>(work: () => T | PromiseLike<T>): Promise<T> {
  return work();
}
