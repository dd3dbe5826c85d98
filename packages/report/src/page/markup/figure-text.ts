// Figures as text: a value, its interval, its bound.

import { describeBound, describeValue, formatNumber } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { markup } from './html.ts';
import type { Html } from './html.ts';

/** '1.94x' in large, '[1.90, 1.97]' in small. */
export function valueWithInterval(figure: Figure): Html {
  const { median, low, high } = figure;
  const value = describeValue({ ...figure, low: median, high: median });
  const spread = low !== median || high !== median;
  return markup`<b class="value">${value}</b>${spread && markup` <span class="interval">[${formatNumber(low)}, ${formatNumber(high)}]</span>`}`;
}

/** Every figure of a claim with the bound that it has to keep. */
export function figureTable(figures: readonly Figure[], caption: string): Html | undefined {
  if (figures.length === 0) return undefined;
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="figures">
<caption>${caption}</caption>
<thead><tr><th scope="col">figure</th><th scope="col">median</th><th scope="col">interval</th><th scope="col">bound</th></tr></thead>
<tbody>${figures.map(figureRow)}</tbody></table></div>`;
}

function figureRow(figure: Figure): Html {
  const { name, median, low, high } = figure;
  const spread = low !== median || high !== median;
  return markup`<tr><th scope="row">${name}</th><td>${describeValue({ ...figure, low: median, high: median })}</td>
<td>${spread ? `${formatNumber(low)} to ${formatNumber(high)}` : 'none'}</td><td>${describeBound(figure) || 'none'}</td></tr>`;
}
