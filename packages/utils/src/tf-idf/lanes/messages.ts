// The messages between the pool and its workers.

import type { KnownTokens } from '../count/token-table.ts';
import type { KnownColumns, MergedPlacement } from '../model/placement.ts';
import type { Rows } from '../model/weigh-rows.ts';
import type { Settings } from '../options/options.ts';
import type { Batch } from './batch.ts';
import type { Wanted } from './lane.ts';

/** What the pool asks a worker. */
export interface Question {
  readonly number: number;
  /** Which call of the vectorizer asks: several may be under way at once. */
  readonly session: number;
  readonly ask:
    | { readonly kind: 'open'; readonly settings: Settings; readonly known: KnownTokens | undefined }
    | { readonly kind: 'count'; readonly batch: Batch }
    | { readonly kind: 'finishCounting'; readonly wanted: Wanted }
    | { readonly kind: 'place'; readonly placement: MergedPlacement | KnownColumns; readonly indptr: Uint32Array }
    | { readonly kind: 'write'; readonly rows: Rows }
    | { readonly kind: 'close' };
}

/** What a worker says: a result, or an error. */
export interface Answer {
  readonly number: number;
  readonly result?: unknown;
  readonly error?: unknown;
}
