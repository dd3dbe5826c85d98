// Spans drawn below one another on one axis of time.

import { drawn } from '@cookbook/lab/claim';
import type { Finding, PlotSeries } from '@cookbook/lab/claim';
import { asNote } from '@cookbook/lab/show';
import type { Span } from '../recipe.ts';
import { TASKS, THREADS } from './overlap.ts';
import type { Overlap } from './overlap.ts';

export interface Track {
  readonly name: string;
  readonly spans: readonly Span[];
  /** One character that fills a span. */
  readonly mark: string;
}

/** The last run of each kind of task, drawn in text and as curves. */
export function drawOverlap({ waiting, computing, onThreads }: Overlap, columns: number): Finding {
  const tracks: Track[] = [
    { name: `${TASKS} tasks that wait, 1 thread`, spans: waiting.at(-1)!.spans, mark: '░' },
    { name: `${TASKS} tasks that compute, 1 thread`, spans: computing.at(-1)!.spans, mark: '█' },
    { name: `${TASKS} tasks that compute, ${THREADS} threads`, spans: onThreads.at(-1)!.spans, mark: '█' },
  ];
  return drawn({
    notes: [asNote(drawTimeline(tracks, Math.max(40, columns - 4)))],
    plots: [
      {
        kind: 'lines',
        title: 'Tasks under way over time',
        x: { label: 'time', unit: 'ms', scale: 'linear' },
        y: { label: 'tasks at once', unit: 'count', scale: 'linear' },
        series: tracks.map(underWay),
      },
    ],
  });
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
    const bars = spans
      .toSorted((a, b) => a.started - b.started)
      .map(({ started, ended }) => {
        const from = Math.min(width - 1, place(started - start));
        return `    ${' '.repeat(from)}${mark.repeat(Math.max(1, place(ended - start) - from))}`;
      });
    return [`${name}: ${Math.round(endOf(spans) - start)} ms`, ...bars];
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
