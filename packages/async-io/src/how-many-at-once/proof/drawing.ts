// The curves of the sweep and of the adaptive limit: a table and charts in text, and the data of the same for a report.

import { formatNumber } from '@cookbook/lab/claim';
import type { LinePlot } from '@cookbook/lab/claim';
import { asNote, logChart, table } from '@cookbook/lab/show';
import type { LimitAt } from './adaptive.ts';
import { goodput } from './load.ts';
import type { Point } from './sweep.ts';

/** @param kneeAt the limit whose row is marked */
export function drawTable(points: readonly Point[], kneeAt: number): string {
  const rows = points.map((point) => ({
    'in flight': `${point.limit}${point.limit === kneeAt ? ' (knee)' : ''}`,
    'good a second': formatNumber(goodput(point)),
    refused: `${formatNumber((100 * point.refused) / point.requests)} %`,
    'p50 ms': formatNumber(point.p50),
    'p99 ms': formatNumber(point.p99),
    connections: formatNumber(point.sockets),
    'at the server': formatNumber(point.mostInFlight),
  }));
  return asNote(table(rows, Object.keys(rows[0]!).slice(1)).split('\n'));
}

export function drawCurves(points: readonly Point[], columns: number): string {
  const curve = (name: string, value: (point: Point) => number) => ({
    name,
    points: points.map((point) => ({ x: point.limit, y: value(point) })),
  });
  const common = { columns, rows: 10, formatX: String, ticksX: points.map(({ limit }) => limit) };
  return asNote([
    ...logChart([curve('good answers a second', goodput)], { ...common, formatY: formatNumber }),
    '',
    ...logChart([curve('p50', ({ p50 }) => p50), curve('p99', ({ p99 }) => p99)], {
      ...common,
      formatY: (ms) => `${formatNumber(ms)} ms`,
    }),
  ]);
}

const IN_FLIGHT = { label: 'requests in flight', unit: 'count', scale: 'log' } as const;

export function plotsOf(points: readonly Point[], limits: readonly LimitAt[], width: number): LinePlot[] {
  const curve = (name: string, value: (point: Point) => number) => ({
    name,
    points: points.map((point) => ({ x: point.limit, y: value(point) })),
  });
  const changes = limits.filter(({ limit }, index) => limit !== limits[index - 1]?.limit);
  const adapted = changes.map(({ at, limit }) => ({ x: Math.round(at), y: limit }));
  const end = Math.round(limits.at(-1)?.at ?? 0);
  return [
    {
      kind: 'lines',
      title: 'Good answers a second, by requests in flight',
      x: IN_FLIGHT,
      y: { label: 'good answers a second', unit: '1/s', scale: 'log' },
      series: [curve('goodput', goodput)],
    },
    {
      kind: 'lines',
      title: 'Latency, by requests in flight',
      x: IN_FLIGHT,
      y: { label: 'latency', unit: 'ms', scale: 'log' },
      series: [curve('p50', ({ p50 }) => p50), curve('p99', ({ p99 }) => p99)],
    },
    {
      kind: 'lines',
      title: 'The adaptive limit over time',
      x: { label: 'time', unit: 'ms', scale: 'linear' },
      y: { label: 'limit', unit: 'count', scale: 'linear' },
      series: [
        { name: 'adaptive limit', points: adapted },
        {
          name: 'width of the server',
          limit: true,
          points: [
            { x: 0, y: width },
            { x: end, y: width },
          ],
        },
      ],
    },
  ];
}
