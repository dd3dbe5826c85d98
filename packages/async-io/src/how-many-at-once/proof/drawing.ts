// The curves of the sweep: a table and charts in text, and the data of the same for a report.

import { formatNumber } from '@cookbook/lab/claim';
import type { LinePlot } from '@cookbook/lab/claim';
import { asNote, logChart, table } from '@cookbook/lab/show';
import { goodput } from '../recipe.ts';
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

export function plotsOf(points: readonly Point[]): LinePlot[] {
  const curve = (name: string, value: (point: Point) => number) => ({
    name,
    points: points.map((point) => ({ x: point.limit, y: value(point) })),
  });
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
  ];
}
