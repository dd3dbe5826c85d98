// Tables and the curve of what was measured.

import { formatNumber, medianInterval } from '@cookbook/lab/claim';
import type { LinePlot } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import { REQUESTS } from './connections.ts';
import type { Connections } from './connections.ts';
import { speedupsOf } from './speedup.ts';
import type { Measured } from './trials.ts';

export function drawWays(measured: readonly Measured[]): string {
  const [sequence] = measured;
  const rows = measured.map((way) => {
    const wall = medianInterval(way.trials.map((trial) => trial.wall)).median;
    const cpu = medianInterval(way.trials.map((trial) => trial.cpu)).median;
    return {
      requests: `${way.requests} ${way.name}`,
      'ms a request': formatNumber(wall / way.requests),
      speedup: `${formatNumber(medianInterval(speedupsOf(way, sequence!)).median)}x`,
      'CPU ms a request': formatNumber(cpu / way.requests),
      'of one core': `${formatNumber((100 * cpu) / wall)} %`,
    };
  });
  return asNote(table(rows, Object.keys(rows[0]!).slice(1)).split('\n'));
}

export function drawConnections(connections: readonly Connections[]): string {
  const rows = connections.map(({ name, sockets, mostInFlight }) => ({
    client: name,
    'most in flight': String(mostInFlight),
    'connections opened': String(sockets),
    'requests a connection': formatNumber(REQUESTS / sockets),
  }));
  return asNote(table(rows, Object.keys(rows[0]!).slice(1)).split('\n'));
}

export function speedupPlot(sequence: Measured, judged: readonly Measured[]): LinePlot {
  const points = judged.map((way) => {
    const { median, low, high } = medianInterval(speedupsOf(way, sequence));
    return { x: way.inFlight, y: median, low, high };
  });
  const limit = judged.map(({ inFlight }) => ({ x: inFlight, y: inFlight }));
  return {
    kind: 'lines',
    title: 'Speedup of requests that wait',
    x: { label: 'requests in flight', unit: 'count', scale: 'log' },
    y: { label: 'speedup', unit: 'x', scale: 'log' },
    series: [
      { name: 'measured', points },
      { name: 'as many as in flight', limit: true, points: limit },
    ],
  };
}
