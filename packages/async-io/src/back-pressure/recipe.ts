// Claim      128 MiB for a client that does not read: `data` with `write` buffers over 100, pipeline under 2. A bounded map
//            between the two keeps order and width.
// Mechanism  `write` answers false when its buffer is full; pipeline stops reading then.
// Use when   data is larger than memory.
// Do not     write the map where nothing is to be cancelled: p-map has pMapIterable.
// Copy       recipe.ts, map-ordered.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts back-pressure

import type { Readable, Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { mapOrdered } from './map-ordered.ts';
import type { Work } from './map-ordered.ts';

/** Broken: nobody heeds the answer of `write`, and all that the sink has not taken yet waits in memory. */
export async function copyByData(source: Readable, sink: Writable): Promise<void> {
  source.on('data', (chunk) => sink.write(chunk));
  source.on('end', () => sink.end());
  await Promise.all([finished(source), finished(sink)]);
}

/** Mended: reads no faster than the sink writes. Where one end fails or the signal aborts, both are closed. */
export async function copy(source: Readable, sink: Writable, signal?: AbortSignal): Promise<void> {
  await pipeline(source, sink, { signal }).catch(withReasonOf(signal));
}

/**
 * The same, with work on each chunk in between, so many at once: chunks arrive in the order in which they were read.
 *
 * `source.map(work, { concurrency })` of Node.js itself keeps the order too. It is experimental, and reads ahead by up to
 * twice its concurrency and the buffer of the source; where that is no matter, it is enough.
 *
 * @throws what failed first: the source, the work, the sink; or the signal's reason
 */
export async function copyMapped<Input, Output>(
  source: AsyncIterable<Input> | Iterable<Input>,
  concurrency: number,
  work: Work<Input, Output>,
  sink: Writable,
  signal?: AbortSignal,
): Promise<void> {
  let failure: { readonly error: unknown } | undefined;
  const step = async function* (inputs: AsyncIterable<Input>, { signal: stop }: Signalled = {}) {
    try {
      yield* mapOrdered(inputs, concurrency, work, { signal: stop }); // which aborts when another step fails
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  await pipeline(source, step, sink, { signal }).catch(withReasonOf(signal));
  if (failure) throw failure.error; // pipeline takes a thrown `undefined`, null or 0 for an end without an error
}

interface Signalled {
  readonly signal?: AbortSignal | undefined;
}

/** pipeline rejects with an AbortError, whatever the reason is. */
function withReasonOf(signal: AbortSignal | undefined): (error: unknown) => never {
  return (error) => {
    signal?.throwIfAborted();
    throw error;
  };
}
