// The key of a picture with curves: the line and the mark of each series beside its name.

import type { LinePlot } from '@cookbook/lab/claim';
import { markup, trusted } from '../markup/html.ts';
import type { Html } from '../markup/html.ts';
import { DASHES, isDense, SYMBOLS } from './lines.ts';
import { INK, SERIES } from './svg.ts';

const SHAPES: Readonly<Record<(typeof SYMBOLS)[number], string>> = {
  circle: '<circle cx="12" cy="6" r="4"/>',
  rect: '<path d="M8 2h8v8h-8z"/>',
  triangle: '<path d="M12 1.5l4.5 8.5h-9z"/>',
  diamond: '<path d="M12 1l4 5-4 5-4-5z"/>',
  emptyCircle: '<circle cx="12" cy="6" r="3.5" fill="var(--paper)"/>',
  emptyRect: '<path d="M8.5 2.5h7v7h-7z" fill="var(--paper)"/>',
};

export function keyOf(plot: LinePlot): Html {
  const dense = isDense(plot);
  return markup`<ul class="key">${plot.series.map(
    ({ name, limit }, index) =>
      markup`<li>${trusted(limit ? DOTTED : dense ? dashed(index) : marked(index))} ${name}</li>`,
  )}</ul>`;
}

const DOTTED = `<svg width="24" height="12" aria-hidden="true"><path d="M0 6h24" stroke="${INK.text}" stroke-width="1.5" stroke-dasharray="2 4"/></svg>`;

function dashed(index: number): string {
  const dashes = DASHES[index % DASHES.length]!.join(' ');
  return `<svg width="24" height="12" aria-hidden="true"><path d="M0 6h24" stroke="${SERIES[index % SERIES.length]!}" stroke-width="2" stroke-dasharray="${dashes || 'none'}"/></svg>`;
}

function marked(index: number): string {
  const color = SERIES[index % SERIES.length]!;
  const shape = SHAPES[SYMBOLS[index % SYMBOLS.length]!];
  return `<svg width="24" height="12" aria-hidden="true"><g fill="${color}" stroke="${color}"><path d="M0 6h24" stroke-width="2"/>${shape}</g></svg>`;
}
