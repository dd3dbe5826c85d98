// Spans drawn below one another on one axis of time.

import type { PlotSeries } from '@cookbook/lab/claim';
import type { Span } from './recipe.ts';

export interface Track {
  readonly name: string;
  readonly spans: readonly Span[];
  /** One character that fills a span. */
  readonly mark: string;
}

/**
 * Every track with its name and a line for each span, from the start of its first span on; all to the same scale.
 *
 * @param columns the width of the drawing, from 20 up
 * @throws RangeError where it is narrower
 */
export function drawTimeline(tracks: readonly Track[], columns: number): string[] {
  if (!Number.isInteger(columns) || columns < 20) {
    throw new RangeError(`Expected \`columns\` to be an integer from 20 up, got ${columns}`);
  }
  const longest = Math.max(...tracks.map(({ spans }) => endOf(spans) - startOf(spans)));
  const width = columns - 4;
  const place = (ms: number): number => Math.min(width, Math.round((ms / longest) * width));
  const lines = tracks.flatMap(({ name, spans, mark }) => {
    const start = startOf(spans);
    const drawn = spans
      .toSorted((a, b) => a.started - b.started)
      .map(({ started, ended }) => {
        const from = Math.min(width - 1, place(started - start));
        return `    ${' '.repeat(from)}${mark.repeat(Math.max(1, place(ended - start) - from))}`;
      });
    return [`${name}: ${Math.round(endOf(spans) - start)} ms`, ...drawn];
  });
  return [...lines, `    0${`${Math.round(longest)} ms`.padStart(width - 1)}`];
}

/** How many spans are under way over time, as a curve with steps. */
export function underWay({ name, spans }: Track): PlotSeries {
  const start = startOf(spans);
  const changes = spans
    .flatMap(({ started, ended }) => [
      { x: started - start, by: 1 },
      { x: ended - start, by: -1 },
    ])
    .toSorted((a, b) => a.x - b.x || a.by - b.by);
  let y = 0;
  const points = changes.flatMap(({ x, by }) => {
    const before = y;
    y += by;
    const at = Number(x.toFixed(2));
    return [
      { x: at, y: before },
      { x: at, y },
    ];
  });
  return { name, points };
}

function startOf(spans: readonly Span[]): number {
  return Math.min(...spans.map(({ started }) => started));
}

function endOf(spans: readonly Span[]): number {
  return Math.max(...spans.map(({ ended }) => ended));
}
