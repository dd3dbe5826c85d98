// Latencies of light requests: what is judged, and their curves.

import { counted, counts, intervals, judgeIntervals, median, sampled, shown } from '@cookbook/lab/claim';
import type { Bound, Figure, Finding, Judgement, LinePlot } from '@cookbook/lab/claim';
import { unlessBusy } from '@cookbook/lab/host';
import { asNote, logChart } from '@cookbook/lab/show';
import { HANDLERS } from './handlers.ts';
import type { Handler } from './handlers.ts';
import type { Load } from './open-loop-load.ts';

/** A load, and the CPU time that the thread which answers took of it, ms. */
export interface Served extends Load {
  readonly own: number;
}

/** The loads of a handler, a round each. */
export type Rounds = Readonly<Record<Handler, readonly Served[]>>;

/** Shares of the handler's time; half of it lies between them. */
const DELAYED: Bound = { least: 0.6 };
const UNDELAYED: Bound = { most: 0.4 };
const EXPECTED: Readonly<Record<Handler, readonly [key: string, bound: Bound]>> = {
  waiting: ['waiting', UNDELAYED],
  'computing in a pool': ['pool', UNDELAYED],
  'computing inline': ['inline', DELAYED],
};
/** The light requests alone take it some. */
const MOST_OWN: Bound = { most: 0.5 };
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

function shareOfHandler(load: Load): number {
  return percentile(latencies(load), 0.99) / median(load.handlers);
}

/** How late the load itself was, p99, as a share of the handler's time. */
export function lateness({ light, handlers }: Load): number {
  const late = light.map((answer) => answer.late);
  return percentile(late, 0.99) / median(handlers);
}

function latest(rounds: Rounds): number {
  return Math.max(...Object.values(rounds).flat().map(lateness));
}

/**
 * Light requests beside a heavy handler: the share of its time by which their p99 is delayed, `KEY-delay`, which is judged,
 * and `KEY-p50`, `KEY-p99` and more in ms. KEY is 'waiting', 'pool' or 'inline'.
 *
 * @param load share of all cores' time that was busy, from 0 to 1
 */
export function delay(words: string, handler: Handler, rounds: Rounds, load: number | undefined): Finding {
  const [key, bound] = EXPECTED[handler];
  const of = (name: string, label: string, value: (load: Load) => number, unit = 'ms', limit?: Bound): Figure =>
    sampled(`${key}-${name}`, `${label}, ${handler}`, rounds[handler].map(value), unit, limit);
  const delayed = of('delay', 'p99 of the light requests / time of the heavy handler', shareOfHandler, 'x', bound);
  const figures = [
    delayed,
    of('handler', 'heavy handler', ({ handlers }) => median(handlers)),
    of('p50', 'light request, p50', (one) => percentile(latencies(one), 0.5)),
    of('p99', 'light request, p99', (one) => percentile(latencies(one), 0.99)),
    of('longest', 'light request, longest', (one) => Math.max(...latencies(one))),
    of('closed-loop', 'p50 as a client that waits for each answer measures it', ({ closedLoop }) =>
      percentile(closedLoop, 0.5),
    ),
  ];
  return { figures, judgement: judgeDelay(delayed, latest(rounds), load), words };
}

function judgeDelay(delayed: Figure, late: number, load: number | undefined): Judgement {
  const judgement = judgeIntervals([delayed]);
  const isTooShort = delayed.bound?.least !== undefined && judgement.verdict === 'refuted';
  if (isTooShort) return judgement; // a busy host only ever lengthens a delay
  if (late <= TOO_LATE) return unlessBusy(judgement, load);
  const reason = `the load itself was sent late, by ${late.toFixed(2)} of the handler's time: it had to wait for a core`;
  return { verdict: 'inconclusive', reason };
}

/** What the thread that answers computes itself, of what it does inline: no other program can change that much. */
export function ownWork(rounds: Rounds): Finding {
  const inline = median(rounds['computing inline'].map(({ own }) => own));
  const figures = (['waiting', 'computing in a pool'] as const).map((handler) => {
    const [key] = EXPECTED[handler];
    const shares = rounds[handler].map(({ own }) => own / inline);
    return sampled(`${key}-own`, `CPU time of the thread that answers: ${handler} / inline`, shares, 'x', MOST_OWN);
  });
  return intervals('', ...figures);
}

/** Every request has its answer. */
export function allAnswered(rounds: Rounds): Finding {
  const failed = Object.values(rounds)
    .flat()
    .reduce((sum, load) => sum + load.failed, 0);
  return counts('', counted('unanswered', 'requests without their answer', failed, 'requests', { most: 0 }));
}

/** How late the load was in its worst round: shown, since `delay` takes it into account. */
export function sentInTime(rounds: Rounds): Finding {
  const name = 'load sent late, p99 / time of the handler, the worst round';
  return shown('', counted('lateness', name, latest(rounds), 'x', { most: TOO_LATE }));
}

/** All rounds of a handler together: latency by percentile. */
function curve(loads: readonly Load[]): { share: number; ms: number }[] {
  const all = loads.flatMap(latencies);
  return SHARES.map((share) => ({ share, ms: percentile(all, share) }));
}

/** Percentiles from left to right, in steps by what remains above them: half, a tenth, a hundredth. */
export function drawLatencies(rounds: Rounds, columns: number): string {
  const series = HANDLERS.map((handler) => ({
    name: handler,
    points: curve(rounds[handler]).map(({ share, ms }) => ({ x: 1 / (1 - share), y: Math.max(0.1, ms) })),
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
      series: HANDLERS.map((handler) => ({
        name: handler,
        points: curve(rounds[handler]).map(({ share, ms }) => ({ x: round(100 * share), y: Math.max(0.1, round(ms)) })),
      })),
    },
    {
      kind: 'lines',
      title: 'Light requests: latency by the time at which each was to be sent',
      x: { label: 'to be sent at', unit: 'ms', scale: 'linear' },
      y: { label: 'latency', unit: 'ms', scale: 'linear' },
      series: HANDLERS.map((handler) => ({
        name: handler,
        points: rounds[handler].at(-1)!.light.map(({ at, latency }) => ({ x: at, y: round(latency) })),
      })),
    },
  ];
}
