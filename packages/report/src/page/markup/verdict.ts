// A verdict as a mark with words: the colour only repeats what both say.

import type { Judgement, Verdict } from '@cookbook/lab/claim';
import { markOf, VERDICT_WORDS } from '@cookbook/lab/show';
import { markup } from './html.ts';
import type { Html } from './html.ts';

/** From the best to the worst: the order of counts, of the filter and of a sorted column. */
export const VERDICTS: readonly Verdict[] = ['holds', 'cannot-show', 'inconclusive', 'refuted'];

/** '✓ holds', and below it 'contended' where the machine was. */
export function verdictMark({ verdict, qualifier }: Judgement): Html {
  return markup`<span class="verdict ${verdict}"><span class="mark" aria-hidden="true">${markOf({ verdict, ...(qualifier && { qualifier }) })}</span> ${VERDICT_WORDS[verdict]}</span>${qualifier && markup` <span class="qualifier">${qualifier}</span>`}`;
}
