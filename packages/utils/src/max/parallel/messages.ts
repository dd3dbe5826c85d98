// The messages between `MaxThreads` and its workers.

import type { WebAssemblyMemory } from '@cookbook/threads';

/** A request to a worker. */
export interface Question {
  readonly id: number;
  readonly values: Float64Array;
  /** The memory that they lie in, where WebAssembly can read it. */
  readonly memory?: WebAssemblyMemory;
  /** Doubles of a part, and the part that is to be taken next. */
  readonly part: number;
  readonly next: Int32Array;
}

/** The largest of what is no NaN among the parts that a worker took. */
export interface Answer {
  readonly id: number;
  readonly best: number;
  readonly hasNan: boolean;
}
