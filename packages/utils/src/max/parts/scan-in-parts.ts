// A large file of CSV, scanned by several threads. Whether a line end ends a record depends on all quotes before it; so each
// part is scanned as if no quote were open at its beginning, and its result counts only where the part before it ends
// just there. Otherwise that part is scanned once more. The result is therefore the same for any number of threads. (C. Ge,
// Y. Li, E. Eilebrecht, B. Chandramouli and D. Kossmann, "Speculative Distributed CSV Data Parsing for Big Data
// Analytics", SIGMOD 2019.)

import { Worker } from 'node:worker_threads';
import { CellReader } from '../cells/notation.ts';
import { EMPTY, joinTallies, moveDown } from '../cells/tally.ts';
import type { Tally } from '../cells/tally.ts';
import { openRange } from '../rows/byte-source.ts';
import { scanRange } from '../rows/scan-range.ts';
import type { ScannedRange, Watch } from '../rows/scan-range.ts';
import { boundsOf } from './messages.ts';
import type { Job, ScannedPart } from './messages.ts';
import { scanParts } from './scan-part.ts';

/** Bytes of a part, where the file has enough of them. */
const LARGE_PART = 2 ** 23;
/** Parts for each thread, where they are smaller: what the last one keeps the others waiting. */
const PARTS_OF_A_THREAD = 4;

/** The number of no part. */
const END = 2 ** 30;

/** A file to scan, and how many threads do it. */
export interface FileInParts extends Omit<Job, 'partBytes' | 'next'> {
  /** From 1 up, the calling one included: it scans while the others start. */
  readonly threads: number;
  readonly partBytes?: number;
}

/**
 * Scans a plain file.
 *
 * @throws DataError as `scanRange` does
 * @throws Error of the system where the file cannot be read or a thread cannot be started
 */
export async function scanInParts({ threads, ...file }: FileInParts, watch: Watch = {}): Promise<Tally> {
  const bytes = file.size - file.layout.start;
  const partBytes = Math.min(LARGE_PART, Math.max(1, Math.ceil(bytes / (threads * PARTS_OF_A_THREAD))));
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const job: Job = { partBytes, ...file, next };
  const arrivals = new Arrivals();
  const workers = Array.from({ length: threads - 1 }, () => startWorker(job, arrivals));
  const own = scanParts(job, (part) => arrivals.put(part));
  try {
    return await joinParts(job, (index) => arrivals.take(index), watch);
  } finally {
    Atomics.store(next, 0, END); // nobody takes one more
    await Promise.all([own, ...workers.map((worker) => worker.terminate())]);
  }
}

function startWorker(job: Job, arrivals: Arrivals): Worker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [], workerData: job });
  worker.on('message', (part: ScannedPart) => arrivals.put(part));
  worker.on('error', (error) => arrivals.fail(error as Error));
  worker.on('exit', (code) => code !== 0 && arrivals.fail(new Error(`A thread ended with exit code ${code}`)));
  return worker;
}

/** Parts that come in any order, and are taken in theirs. */
class Arrivals {
  readonly #parts = new Map<number, PromiseWithResolvers<ScannedPart>>();
  #error: Error | undefined;

  put(part: ScannedPart): void {
    this.#at(part.index).resolve(part);
  }

  fail(error: Error): void {
    this.#error ??= error;
    for (const { reject } of this.#parts.values()) reject(this.#error);
  }

  async take(index: number): Promise<ScannedPart> {
    const arrival = this.#at(index);
    if (this.#error) arrival.reject(this.#error);
    const part = await arrival.promise;
    this.#parts.delete(index);
    return part;
  }

  #at(index: number): PromiseWithResolvers<ScannedPart> {
    const known = this.#parts.get(index);
    if (known) return known;
    const arrival = Promise.withResolvers<ScannedPart>();
    arrival.promise.catch(() => {}); // it may fail while nobody waits for it
    this.#parts.set(index, arrival);
    return arrival;
  }
}

/** Joins the parts of a file in their order; `take` gets a part that has been scanned. */
export async function joinParts(
  job: Job,
  take: (index: number) => Promise<ScannedPart>,
  { onBytes, isEnough }: Watch = {},
): Promise<Tally> {
  const reader = new CellReader(job.notation);
  let tally = EMPTY;
  let start = job.layout.start; // of the next record
  let line = job.layout.line;
  for (let index = 0; boundsOf(job, index).from < job.size; index++) {
    const { from, to } = boundsOf(job, index);
    const { range } = await take(index);
    onBytes?.(to - from);
    if (start >= to) continue; // a record covers the whole part
    const isValid = range?.start === start;
    const valid = isValid ? range : await scanAgain(job, { start, line, stop: to });
    tally = joinTallies(tally, isValid ? moveDown(valid.tally, line) : valid.tally, reader);
    start = valid.end;
    line += valid.lines;
    if (isEnough?.(tally)) break;
  }
  return tally;
}

async function scanAgain(
  { path, size, layout, notation, input }: Job,
  { start, line, stop }: { readonly start: number; readonly line: number; readonly stop: number },
): Promise<ScannedRange> {
  await using source = await openRange(path, start, size);
  return await scanRange(source, layout, notation, { from: start, skip: 0, stop, line, input });
}
