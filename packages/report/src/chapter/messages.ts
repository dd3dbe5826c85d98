// What the process of a chapter and the runner say to one another.

import type { ClaimWords, JsonClaim } from '@cookbook/lab/show';

/** What is known of a chapter before it is measured. */
export interface ChapterWords {
  readonly title: string;
  readonly sections: readonly { readonly title: string; readonly claims: readonly ClaimWords[] }[];
}

export type ToChapter = {
  readonly id: string;
  /** Seconds for which the claim may be measured again while it is inconclusive. */
  readonly timeBudget: number;
  readonly columns: number;
};

export type FromChapter =
  | { readonly kind: 'words'; readonly words: ChapterWords }
  | { readonly kind: 'failure'; readonly reason: string }
  | { readonly kind: 'draw'; readonly frame: string }
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'claim'; readonly claim: JsonClaim; readonly peakMemory?: number };
