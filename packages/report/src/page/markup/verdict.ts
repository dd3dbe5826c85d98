// A verdict as a mark with words: the colour only repeats what both say.

import type { Judgement, Verdict } from '@cookbook/lab/claim';
import { VERDICT_WORDS } from '@cookbook/lab/show';
import { markup } from './html.ts';
import type { Html } from './html.ts';

/** From the best to the worst: the order of counts, of the filter and of a sorted column. */
export const VERDICTS: readonly Verdict[] = ['holds', 'cannot-show', 'inconclusive', 'refuted'];

export const MARKS: Readonly<Record<Verdict, string>> = {
  holds: '✓',
  refuted: '✗',
  inconclusive: '?',
  'cannot-show': '–',
};

/** '✓ holds', and below it 'contended' where the machine was. */
export function verdictMark({ verdict, qualifier }: Judgement): Html {
  return markup`<span class="verdict ${verdict}"><span class="mark" aria-hidden="true">${MARKS[verdict]}</span>
    ${VERDICT_WORDS[verdict]}</span>${qualifier && markup` <span class="qualifier">${qualifier}</span>`}`;
}
