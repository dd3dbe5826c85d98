// Gives documents to lanes in batches.

import type { Document, ReadyDocuments } from '../text/documents.ts';
import type { AsyncLane } from './async-lane.ts';
import type { Batch, BatchWriter } from './batch.ts';

/**
 * Gives each batch of documents to a free lane, in batches that are numbered in their order.
 *
 * @returns how many documents there were
 * @throws what reading the documents throws, what a lane throws, and the signal's reason when aborted
 */
export async function distributeBatches(
  all: ReadyDocuments,
  lanes: readonly AsyncLane[],
  signal?: AbortSignal,
): Promise<number> {
  const distributor = new Distributor(lanes, signal);
  if (Symbol.asyncIterator in all) {
    for await (const document of all) await distributor.take(document);
  } else {
    for (const document of all) if (!distributor.add(document)) await distributor.take(document);
  }
  await distributor.end();
  signal?.throwIfAborted();
  return distributor.documents;
}

/** One of a lane's writers. */
interface LaneWriter {
  readonly lane: AsyncLane;
  readonly writer: BatchWriter;
}

class Distributor {
  readonly #signal: AbortSignal | undefined;
  readonly #free: LaneWriter[];
  readonly #running = new Set<Promise<void>>();
  #current: LaneWriter | undefined;
  #batches = 0;
  #first = 0;

  constructor(lanes: readonly AsyncLane[], signal: AbortSignal | undefined) {
    this.#signal = signal;
    // The first batch of every lane before the second of any.
    const rounds = Math.max(...lanes.map(({ writers }) => writers.length));
    this.#free = Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
      lanes.flatMap((lane) => (lane.writers[round] === undefined ? [] : [{ lane, writer: lane.writers[round] }])),
    );
  }

  get documents(): number {
    return this.#first;
  }

  /** Adds a document to the batch that is being filled, where it fits. */
  add(document: Document): boolean {
    return this.#current?.writer.add(document) ?? false;
  }

  async take(document: Document): Promise<void> {
    if (this.add(document)) return;
    this.#send();
    while (this.#free.length === 0) await Promise.race(this.#running);
    this.#signal?.throwIfAborted();
    this.#current = this.#free.shift()!;
    this.#current.writer.clear();
    this.#current.writer.add(document);
  }

  /** Sends what is left, and waits for everything that is under way. */
  async end(): Promise<void> {
    this.#send();
    await Promise.all(this.#running);
  }

  async #count(laneWriter: LaneWriter, batch: Batch): Promise<void> {
    await laneWriter.lane.count(batch);
    this.#free.push(laneWriter);
  }

  #send(): void {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    const { bytes, ends, documents } = current.writer;
    const batch = { number: this.#batches++, first: this.#first, documents, bytes, ends };
    this.#first += documents;
    const counting = this.#count(current, batch);
    this.#running.add(counting);
    counting.then(() => this.#running.delete(counting)).catch(() => {}); // thrown where it is awaited
  }
}
