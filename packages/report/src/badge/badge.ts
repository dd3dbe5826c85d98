// The badge as SVG: what was counted, in words; the colour only repeats them.

import { claimsOf } from '@cookbook/lab/show';
import { allIds, countVerdicts } from '../results/counts.ts';
import type { Results } from '../results/format.ts';

const HEIGHT = 20;
/** Mean width of a character of 11 px Verdana, px; `textLength` fits the words where the font is another. */
const CHARACTER = 6.6;
const PADDING = 8;

/** White on each of them has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
const COLOURS = { good: '#2b7a2f', unclear: '#8a6100', bad: '#b3261e' };

/** '41 of 44 claims hold'; of a run that measured less than there is, 'of 12 claims run, of 44'. */
export function badgeWords(results: Results): string {
  const { holds, all } = countVerdicts(results.claims);
  const there = allIds(results).length;
  const words = `${holds} of ${claimsOf(all)}`;
  return all < there ? `${words} run hold, ${there - all} not run` : `${words} hold`;
}

/** An SVG of its own, without any request. */
export function badge(results: Results): string {
  const words = badgeWords(results);
  const counts = countVerdicts(results.claims);
  const tone = counts.refuted > 0 ? 'bad' : counts.inconclusive > 0 || counts.all === 0 ? 'unclear' : 'good';
  const textWidth = Math.round(words.length * CHARACTER);
  const width = textWidth + 2 * PADDING;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${words}">
  <title>${words}</title>
  <rect width="${width}" height="${HEIGHT}" rx="3" fill="${COLOURS[tone]}"/>
  <text x="${width / 2}" y="14" fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle" textLength="${textWidth}">${words}</text>
</svg>
`;
}
