// What the process of a chapter and the runner say to one another.

import type { Source } from '@cookbook/lab/claim';
import type { JsonClaim } from '@cookbook/lab/show';

/** What is known of a claim before it is measured. */
export interface ClaimWords {
  readonly id: string;
  readonly says: string;
  readonly from: readonly Source[];
  readonly answer: string;
}

export interface ChapterWords {
  readonly name: string;
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
