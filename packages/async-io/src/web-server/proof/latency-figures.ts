// Latencies of light requests as figures, curves and a drawing.

import { formatNumber, medianInterval, sampled } from '@cookbook/lab/claim';
import type { Bound, Figure, LinePlot } from '@cookbook/lab/claim';
import { asNote, logChart } from '@cookbook/lab/show';
import type { Load } from './open-loop-load.ts';
import { WAYS } from '../recipe.ts';
import type { Way } from '../recipe.ts';

/** The loads of a way, a round each. */
export type Rounds = Readonly<Record<Way, readonly Load[]>>;

/** Shares of the handler's time; half of it lies between them. */
const DELAYED = 0.6;
const UNDELAYED = 0.4;
/** Where the load itself was sent later than this share of the handler's time, it says nothing about the server. */
export const TOO_LATE = 0.3;

const SHARES = [0.5, 0.75, 0.9, 0.95, 0.99] as const;

/** The smallest of the values that at least such a share of them does not exceed: the nearest-rank percentile. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('Expected at least one value, got none');
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

function latencies({ light }: Load): number[] {
  return light.map(({ latency }) => latency);
}

/** p99 of the light requests / time of the heavy handler, round by round. */
function shareOfHandler(load: Load): number {
  return percentile(latencies(load), 0.99) / medianInterval(load.handlers).median;
}

/** What is judged by intervals. */
export function delayFigures(rounds: Rounds): Figure[] {
  const bounds: Record<Way, Bound> = {
    waiting: { most: UNDELAYED },
    'computing in a pool': { most: UNDELAYED },
    'computing inline': { least: DELAYED },
  };
  return WAYS.map((way) =>
    sampled(
      `p99 of the light requests / time of the heavy handler, ${way}`,
      rounds[way].map(shareOfHandler),
      'x',
      bounds[way],
    ),
  );
}

/** How late the load itself was, p99, as a share of the handler's time. */
export function lateness({ light, handlers }: Load): number {
  const late = light.map((answer) => answer.late);
  return percentile(late, 0.99) / medianInterval(handlers).median;
}

/** p50, p99 and the longest of each way; and what a client that waits for each answer makes of them. */
export function latencyFigures(rounds: Rounds): Figure[] {
  return WAYS.flatMap((way) => {
    const of = (name: string, value: (load: Load) => number): Figure =>
      sampled(`${name}, ${way}`, rounds[way].map(value), 'ms');
    return [
      of('heavy handler', ({ handlers }) => medianInterval(handlers).median),
      of('light request, p50', (load) => percentile(latencies(load), 0.5)),
      of('light request, p99', (load) => percentile(latencies(load), 0.99)),
      of('light request, longest', (load) => Math.max(...latencies(load))),
      of('the same p50 to a client that waits for each answer', ({ closedLoop }) => percentile(closedLoop, 0.5)),
    ];
  });
}

export function headlineOf(rounds: Rounds): string {
  const ms = (way: Way, share: number): string =>
    formatNumber(medianInterval(rounds[way].map((load) => percentile(latencies(load), share))).median);
  const seen = WAYS.map((way) => `${ms(way, 0.5)} / ${ms(way, 0.99)} ms while a heavy one is ${way}`);
  return `p50 / p99 of light requests: ${seen.join(', ')}`;
}

/** All rounds of a way together: latency by percentile. */
function curve(loads: readonly Load[]): { share: number; ms: number }[] {
  const all = loads.flatMap(latencies);
  return SHARES.map((share) => ({ share, ms: percentile(all, share) }));
}

/** Percentiles from left to right, in steps by what remains above them: half, a tenth, a hundredth. */
export function drawLatencies(rounds: Rounds, columns: number): string {
  const series = WAYS.map((way) => ({
    name: way,
    points: curve(rounds[way]).map(({ share, ms }) => ({ x: 1 / (1 - share), y: Math.max(0.1, ms) })),
  }));
  const chart = logChart(series, {
    columns: Math.max(40, columns - 4),
    rows: 12,
    formatX: (x) => `p${Math.round(100 - 100 / x)}`,
    formatY: (ms) => `${ms} ms`,
    ticksX: SHARES.map((share) => 1 / (1 - share)),
  });
  return asNote(chart);
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

/** The same for the report; and the latency of each request of the last round by the time at which it was to be sent. */
export function plotsOf(rounds: Rounds): LinePlot[] {
  return [
    {
      kind: 'lines',
      title: 'Light requests: latency by percentile',
      x: { label: 'percentile', unit: '%', scale: 'linear' },
      y: { label: 'latency', unit: 'ms', scale: 'log' },
      series: WAYS.map((way) => ({
        name: way,
        points: curve(rounds[way]).map(({ share, ms }) => ({ x: round(100 * share), y: Math.max(0.1, round(ms)) })),
      })),
    },
    {
      kind: 'lines',
      title: 'Light requests: latency by the time at which each was to be sent',
      x: { label: 'to be sent at', unit: 'ms', scale: 'linear' },
      y: { label: 'latency', unit: 'ms', scale: 'linear' },
      series: WAYS.map((way) => ({
        name: way,
        points: rounds[way].at(-1)!.light.map(({ at, latency }) => ({ x: at, y: round(latency) })),
      })),
    },
  ];
}
