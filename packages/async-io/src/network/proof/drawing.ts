// Tables and the curve of what was measured.

import { formatNumber, median, medianInterval } from '@cookbook/lab/claim';
import type { LinePlot } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import { speedupsOf } from './speedup.ts';
import type { Measured } from './trials.ts';

export function drawWays(measured: readonly Measured[]): string {
  const [sequence] = measured;
  const rows = measured.map((way) => {
    const wall = median(way.trials.map((trial) => trial.wall));
    const cpu = median(way.trials.map((trial) => trial.cpu));
    return {
      requests: `${way.requests} ${way.name}`,
      'ms a request': formatNumber(wall / way.requests),
      speedup: `${formatNumber(median(speedupsOf(way, sequence!)))}x`,
      'CPU ms a request': formatNumber(cpu / way.requests),
      'of one core': `${formatNumber((100 * cpu) / wall)} %`,
    };
  });
  return asNote(table(rows, Object.keys(rows[0]!).slice(1)).split('\n'));
}

export function speedupPlot(sequence: Measured, judged: readonly Measured[]): LinePlot {
  const points = judged.map((way) => {
    const { median: y, low, high } = medianInterval(speedupsOf(way, sequence));
    return { x: way.inFlight, y, low, high };
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
