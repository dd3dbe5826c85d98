// A lane as the vectorizer uses it, whether it runs here or on a worker.

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { KnownTokens } from '../count/token-table.ts';
import type { LaneTerms } from '../model/lane-terms.ts';
import type { KnownColumns, MergedPlacement } from '../model/placement.ts';
import type { Rows } from '../model/weigh-rows.ts';
import type { Settings } from '../options/options.ts';
import { BatchWriter } from './batch.ts';
import type { Batch } from './batch.ts';
import { Lane } from './lane.ts';
import type { Wanted } from './lane.ts';

/** A `Lane` that is asked from outside. */
export interface AsyncLane {
  /** Batches that may be under way at once: one is filled while another one is counted. */
  readonly writers: readonly BatchWriter[];
  count(batch: Batch): Promise<void>;
  finishCounting(wanted: Wanted): Promise<LaneTerms>;
  place(placement: MergedPlacement | KnownColumns, indptr: Uint32Array): Promise<void>;
  write(rows: Rows): Promise<void>;
  /** Gives its memory back; also while it counts. */
  close(): void;
}

/** A lane on this thread. The event loop turns between two batches, so that timers and signals have their turn. */
export function localLane(settings: Settings, known?: KnownTokens, writer: BatchWriter = new BatchWriter()): AsyncLane {
  const lane = new Lane(settings, known);
  return {
    writers: [writer],
    async count(batch) {
      lane.count(batch);
      await turnOfTheLoop();
    },
    finishCounting: async (wanted) => lane.finishCounting(wanted),
    place: async (placement, indptr) => lane.place(placement, indptr),
    write: async (rows) => lane.write(rows),
    close() {},
  };
}
