// What all vectorizers have in common: documents are made ready, shared among lanes, and counted.

import type { KnownTokens } from '../count/token-table.ts';
import { preparing } from '../analysis/prepare.ts';
import { localLane } from '../lanes/async-lane.ts';
import type { AsyncLane } from '../lanes/async-lane.ts';
import { distributeBatches } from '../lanes/distribute-batches.ts';
import { WorkerPool } from '../lanes/worker-pool.ts';
import type { Settings } from '../options/options.ts';
import type { ReadOptions } from '../options/read-options.ts';
import { checkDocuments, readDocuments, sizeUp } from '../text/documents.ts';
import type { Documents } from '../text/documents.ts';

/** Options of a call besides its documents. */
export interface CallOptions {
  /** Cancels: the call rejects with the signal's reason, and what was fitted before stays. */
  readonly signal?: AbortSignal;
}

/** With less text a thread, UTF-16 units or bytes, threads cost what they gain: see README.md. */
const SIZE_PER_THREAD = 8_000_000;

/** Runs calls on this thread, or on a pool of workers that starts when it is first needed. */
export class LaneRunner {
  readonly #read: ReadOptions;
  readonly #settings: Settings;
  readonly #pool = new WorkerPool();

  /** @param read the options, of which a lane gets no more than it needs */
  constructor(read: ReadOptions) {
    this.#read = read;
    // What has been preprocessed on its way is not lower-cased again.
    this.#settings = { ...read.settings, lowercase: read.settings.lowercase && read.settings.arrive === 'text' };
  }

  /**
   * Counts the documents and lets `work` do the rest with the lanes.
   *
   * @param known the tokens of the vocabulary, where no other ones are wanted
   * @throws what making a document ready throws, what a lane throws, and the signal's reason when aborted
   */
  async run<T>(
    documents: Documents<unknown>,
    { signal }: CallOptions,
    work: (lanes: readonly AsyncLane[], count: number) => Promise<T>,
    known?: KnownTokens,
  ): Promise<T> {
    signal?.throwIfAborted();
    const { lanes, all } = await this.#open(documents, known);
    try {
      const count = await distributeBatches(readDocuments(all, preparing(this.#read.preparation)), lanes, signal);
      const result = await work(lanes, count);
      signal?.throwIfAborted();
      return result;
    } finally {
      for (const lane of lanes) lane.close();
    }
  }

  async #open(
    documents: Documents<unknown>,
    known: KnownTokens | undefined,
  ): Promise<{ lanes: readonly AsyncLane[]; all: Documents<unknown> }> {
    checkDocuments(documents);
    const { most, auto } = this.#read.threads;
    if (most === 1) return { lanes: [localLane(this.#settings, known)], all: documents };
    if (!auto) return { lanes: this.#pool.open(most, this.#settings, known), all: documents };
    const { size, documents: all } = await sizeUp(documents, most * SIZE_PER_THREAD);
    const threads = Math.min(most, Math.floor(size / SIZE_PER_THREAD));
    const few = threads < 2;
    return { lanes: few ? [localLane(this.#settings, known)] : this.#pool.open(threads, this.#settings, known), all };
  }

  /** Ends the workers, also in the middle of their work. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
