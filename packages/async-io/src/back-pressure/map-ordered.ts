// An ordered map over an async iterable, so many at once, that reads no further ahead than that.

/** Work on one input. It has to end soon after the signal aborts. */
export type Work<Input, Output> = (input: Input, signal: AbortSignal) => Output | Promise<Output>;

/**
 * Works on the inputs, so many at once, and yields the outputs in the order of the inputs. At most `concurrency` inputs are
 * read and not yet taken by the consumer as outputs, so that a slow consumer slows down the source.
 *
 * The first failure, the signal, and a consumer that breaks off cancel what is under way, and close the source; nothing is
 * under way any more when the loop over the outputs is left. Outputs that were ready and not yet taken are lost then.
 *
 * @throws what failed first, as it was thrown; or the signal's reason; RangeError for a `concurrency` that is none
 */
export function mapOrdered<Input, Output>(
  source: AsyncIterable<Input> | Iterable<Input>,
  concurrency: number,
  work: Work<Input, Output>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<Output, void, undefined> {
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new RangeError(`Expected \`concurrency\` to be an integer from 1 up, got ${concurrency}`);
  return map(source, concurrency, work, signal); // at once, and not when the first output is asked for
}

async function* map<Input, Output>(
  source: AsyncIterable<Input> | Iterable<Input>,
  concurrency: number,
  work: Work<Input, Output>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Output, void, undefined> {
  signal?.throwIfAborted();
  const inputs = openSource(source);
  const stop = new AbortController();
  const underWay = new Set<Promise<Output>>();
  /** The outputs to come, in order; the first is the one that the consumer waits for. */
  const places: PromiseWithResolvers<IteratorResult<Output, void>>[] = [];
  let failure: { readonly error: unknown } | undefined; // kept, since no signal has `undefined` for its reason
  const fail = (error: unknown): void => {
    failure ??= { error };
    stop.abort(failure.error);
    for (const place of places) place.reject(failure.error);
  };
  const abort = (): void => fail(signal!.reason);
  const start = async (input: Input): Promise<Output> => work(input, stop.signal);

  const fill = async (place: PromiseWithResolvers<IteratorResult<Output, void>>): Promise<void> => {
    place.promise.catch(() => {}); // it may fail before its turn
    places.push(place);
    try {
      const input = await inputs.next(stop.signal);
      if (input.done) return place.resolve({ done: true, value: undefined });
      const output = start(input.value);
      underWay.add(output);
      place.resolve({ done: false, value: await output.finally(() => underWay.delete(output)) });
    } catch (error) {
      fail(error);
    }
  };

  signal?.addEventListener('abort', abort);
  try {
    for (let free = concurrency; free > 0; free--) void fill(Promise.withResolvers());
    for (;;) {
      const output = await places[0]!.promise;
      if (output.done) return; // and so are all places behind it
      places.shift();
      yield output.value;
      if (failure) throw failure.error;
      void fill(Promise.withResolvers());
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    stop.abort();
    await Promise.allSettled([inputs.close(), ...underWay]);
  }
}

/** Reads one input after another, and none after the last. */
function openSource<Input>(source: AsyncIterable<Input> | Iterable<Input>) {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let last: Promise<IteratorResult<Input, unknown>> | undefined;
  let state: 'open' | 'reading' | 'ended' = 'open';
  const read = async (before: typeof last, stop: AbortSignal): Promise<IteratorResult<Input, unknown>> => {
    const input = await before;
    if (input?.done) return input;
    stop.throwIfAborted();
    state = 'reading';
    try {
      const next = await iterator.next();
      state = next.done ? 'ended' : 'open';
      return next;
    } catch (error) {
      state = 'ended';
      throw error;
    }
  };
  return {
    next: (stop: AbortSignal) => (last = read(last, stop)),
    /** A source that is being read hears of it only when it answers, unless it is a stream: so nobody waits for that. */
    async close(): Promise<void> {
      if (state === 'ended') return;
      if ('destroy' in source && typeof source.destroy === 'function') source.destroy();
      const closed = Promise.resolve(iterator.return?.());
      if (state === 'reading') closed.catch(() => {});
      else await closed;
    },
  };
}
