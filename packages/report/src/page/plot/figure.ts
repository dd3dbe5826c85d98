// A picture with its caption, its key and, for who cannot see it, what it shows in words and in a table.

import { formatNumber } from '@cookbook/lab/claim';
import type { CoresPlot, LinePlot, Plot, PlotSeries } from '@cookbook/lab/claim';
import { markup, trusted } from '../markup/html.ts';
import type { Html } from '../markup/html.ts';
import { loadOf, coresHeight, coresOption } from './cores.ts';
import { axisName, linesOption } from './lines.ts';
import { keyOf } from './key.ts';
import { drawSvg, isNarrow } from './svg.ts';
import type { Size } from './svg.ts';

/** Drawn twice, since text in a picture that is scaled down to a phone cannot be read. */
const WIDTHS = [
  ['wide', 720],
  ['narrow', 342],
] as const;

export type Draw = (plot: Plot) => Html;

/** Draws the pictures of one page. A picture that is shown again refers to its first drawing. */
export function openPictures(): Draw {
  const names = new Map<Plot, string>();
  return (plot) => {
    const known = names.get(plot);
    const name = known ?? `picture-${names.size + 1}`;
    names.set(plot, name);
    const drawings = WIDTHS.map(([size, width]) => {
      const id = `${name}-${size}`;
      return markup`<div class="${size}">${known ? again(plot, width, id) : drawnAt(plot, width, id)}</div>`;
    });
    return markup`<figure class="plot"><figcaption>${plot.title}</figcaption>
${plot.kind === 'lines' && keyOf(plot)}
<div class="picture" role="img" aria-label="${inWords(plot)}">${drawings}</div>
${!known && dataOf(plot)}</figure>`;
  };
}

function sizeOf(plot: Plot, width: number): Size {
  return { width, height: plot.kind === 'cores' ? coresHeight(plot) : isNarrow(width) ? 250 : 300 };
}

function drawnAt(plot: Plot, width: number, id: string): Html {
  const option = plot.kind === 'cores' ? coresOption(plot, width) : linesOption(plot, width);
  return trusted(drawSvg(option, sizeOf(plot, width), id));
}

function again(plot: Plot, width: number, id: string): Html {
  return markup`<svg aria-hidden="true" viewBox="0 0 ${width} ${sizeOf(plot, width).height}"><use href="#${id}"/></svg>`;
}

function dataOf(plot: Plot): Html {
  return markup`<details class="data"><summary>The figures of this picture</summary><div class="scroll" role="region" aria-label="${plot.title}: figures" tabindex="0">${
    plot.kind === 'cores' ? coresTable(plot) : linesTable(plot)
  }</div></details>`;
}

/** What the picture shows, in a few sentences. */
export function inWords(plot: Plot): string {
  const sentences =
    plot.kind === 'cores' ? plot.rows.map(rowInWords) : plot.series.map((series) => inWordsOf(series, plot));
  return [`${plot.title}.`, ...sentences].join(' ');
}

function rowInWords(row: CoresPlot['rows'][number]): string {
  const { seconds, cores } = loadOf(row);
  if (row.samples.length === 0) return `${row.name}: not sampled.`;
  return `${row.name}: ${seconds.toFixed(1)} s with ${cores.toFixed(2)} cores loaded.`;
}

function inWordsOf({ name, points }: PlotSeries, { x, y }: LinePlot): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return `${name}: no points.`;
  const at = (point: typeof first) => `${formatNumber(point.y)} at ${formatNumber(point.x)}`;
  return `${name} (${axisName(y)} over ${axisName(x)}): from ${at(first)} to ${at(last)}.`;
}

function coresTable({ title, rows }: CoresPlot): Html {
  const count = Math.max(0, ...rows.map(({ samples }) => samples[0]?.loads.length ?? 0));
  const cores = Array.from({ length: count }, (_, core) => core);
  return markup`<table class="figures"><caption>${title}: means</caption><thead><tr><th scope="col">mechanism</th><th scope="col">watched</th><th scope="col">cores loaded</th>${cores.map((core) => markup`<th scope="col">core ${core}</th>`)}</tr></thead>
<tbody>${rows.map((row) => {
    const load = loadOf(row);
    return markup`<tr><th scope="row">${row.name}</th><td>${load.seconds.toFixed(1)} s</td><td>${load.cores.toFixed(2)}</td>${cores.map((core) => markup`<td>${Math.round((load.means[core] ?? 0) * 100)}%</td>`)}</tr>`;
  })}</tbody></table>`;
}

/** More rows than these nobody reads. */
const MOST_ROWS = 40;

/** The first, the last, and evenly chosen ones between. */
function thinned(steps: readonly number[]): number[] {
  const count = Math.min(MOST_ROWS, steps.length);
  return Array.from(
    { length: count },
    (_, row) => steps[Math.round((row * (steps.length - 1)) / Math.max(1, count - 1))]!,
  );
}

function linesTable({ title, x, y, series }: LinePlot): Html {
  const steps = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].toSorted((a, b) => a - b);
  const shown = thinned(steps);
  return markup`<table class="figures"><caption>${title}: ${axisName(y)}${shown.length < steps.length && `, ${shown.length} of ${steps.length} rows`}</caption><thead><tr><th scope="col">${axisName(x)}</th>${series.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${shown.map(
    (step) =>
      markup`<tr><th scope="row">${formatNumber(step)}</th>${series.map(({ points }) => markup`<td>${cellOf(points.find((point) => point.x === step))}</td>`)}</tr>`,
  )}</tbody></table>`;
}

function cellOf(point: PlotSeries['points'][number] | undefined): string {
  if (!point) return '';
  const { y, low = y, high = y } = point;
  return low === high ? formatNumber(y) : `${formatNumber(y)} [${formatNumber(low)}, ${formatNumber(high)}]`;
}
