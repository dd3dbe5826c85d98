// Curves: a line for each series, a bar for each interval, a dotted line for what the host or the arithmetic allows.

import { formatNumber } from '@cookbook/lab/claim';
import type { Axis, LinePlot, PlotSeries } from '@cookbook/lab/claim';
import type { EChartsCoreOption } from 'echarts/core';
import { INK, isNarrow, SERIES } from './svg.ts';

/** The marks of series, so that they differ without colour too. */
export const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect'] as const;

/** Room for the numbers of the upright axis, px. */
const LEFT = 48;

/** The upright axis has its name over its numbers, from the left edge on. */
const NAME_ABOVE = { align: 'left', padding: [0, 0, 0, -LEFT], color: INK.text, fontSize: 13 };

type Point = PlotSeries['points'][number];

/** The strokes of series that are too dense for marks. */
export const DASHES = [[], [8, 3], [2, 2], [10, 3, 2, 3], [5, 2], [1, 3]] as const;

/** A mark for each of more points than these would be a smear. */
export function isDense({ series }: LinePlot): boolean {
  return series.some(({ points }) => points.length > 40);
}

/** The option for echarts. What a logarithmic axis cannot show, zero and below, is left out. */
export function linesOption(plot: LinePlot, width: number): EChartsCoreOption {
  const narrow = isNarrow(width);
  const { x, y, series } = plot;
  const dense = isDense(plot);
  return {
    grid: { left: LEFT, right: 14, top: 34, bottom: 44 },
    textStyle: { fontFamily: 'inherit' },
    xAxis: { ...axis(x, values(plot, 'x'), narrow), nameLocation: 'middle', nameGap: 28 },
    yAxis: { ...axis(y, values(plot, 'y'), narrow), nameLocation: 'end', nameTextStyle: NAME_ABOVE },
    series: series.flatMap((one, index) => {
      const points = one.points.filter((point) => fits(point.x, x) && fits(point.y, y));
      return one.limit ? [limit(points)] : [line(points, index, dense), intervals(points, index, y)];
    }),
  };
}

/** 'p99, ms'; counts and ratios need no unit. */
export function axisName({ label, unit }: Pick<Axis, 'label' | 'unit'>): string {
  return unit === 'count' || unit === 'x' || label === unit ? label : `${label}, ${unit === 'us' ? 'µs' : unit}`;
}

/** Beyond these echarts computes with what is no number any more; nothing that is measured lies there. */
const MOST = 1e15;
const LEAST = 1e-9;

function fits(value: number, { scale }: Axis): boolean {
  return Math.abs(value) <= MOST && (value >= LEAST || (scale === 'linear' && (value === 0 || value <= -LEAST)));
}

function values({ series, x, y }: LinePlot, of: 'x' | 'y'): number[] {
  return series
    .flatMap(({ points }) => points.flatMap((point) => (of === 'x' ? point.x : [point.y, point.low, point.high])))
    .filter((value) => value !== undefined && fits(value, of === 'x' ? x : y)) as number[];
}

function axis({ label, unit, scale }: Axis, shown: readonly number[], narrow: boolean): object {
  const words = axisName({ label, unit });
  const style = {
    name: words,
    nameTextStyle: { color: INK.text, fontSize: 13 },
    axisLabel: { color: INK.text, fontSize: 12, hideOverlap: true, formatter: (value: number) => formatNumber(value) },
    axisLine: { show: true, lineStyle: { color: INK.line } },
    axisTick: { lineStyle: { color: INK.line } },
    splitLine: { lineStyle: { color: INK.line, opacity: 0.6 } },
    splitNumber: narrow ? 4 : 5,
  };
  if (scale === 'linear') return { ...style, type: 'value' };
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  // Counts of lanes and requests are doubled from step to step; other quantities span powers of ten.
  const base = unit === 'count' && most / least <= 2_048 ? 2 : 10;
  const power = (round: (value: number) => number, value: number) =>
    base ** round(Number((Math.log(value) / Math.log(base)).toFixed(6)));
  const [min, max] = shown.length > 0 ? [power(Math.floor, least), power(Math.ceil, most)] : [1, base];
  const end = max > min ? max : min * base;
  const powers = Math.round(Math.log(end / min) / Math.log(base));
  // Left to itself echarts names only the ends of more than five powers.
  return { ...style, type: 'log', logBase: base, min, max: end, interval: Math.ceil(powers / 6) };
}

function line(points: readonly Point[], index: number, dense: boolean): object {
  const color = SERIES[index % SERIES.length];
  return {
    type: 'line',
    data: points.map(({ x, y }) => [x, y]),
    symbol: dense ? 'none' : SYMBOLS[index % SYMBOLS.length],
    symbolSize: 7,
    clip: false,
    showAllSymbol: true,
    lineStyle: { color, width: dense ? 1.5 : 2, type: dense && index > 0 ? DASHES[index % DASHES.length] : 'solid' },
    itemStyle: { color },
  };
}

function limit(points: readonly Point[]): object {
  return {
    type: 'line',
    data: points.map(({ x, y }) => [x, y]),
    symbol: 'none',
    clip: false,
    lineStyle: { color: INK.text, width: 1.5, type: [2, 4] },
  };
}

/** A bar from the low to the high end of each interval, with a foot and a head. */
function intervals(points: readonly Point[], index: number, { scale }: Axis): object {
  const data = points
    .filter(({ low, high }) => low !== undefined && high !== undefined && low < high)
    .map(({ x, low, high }) => [x, low, high])
    .filter(([, low]) => scale === 'linear' || low! > 0);
  const stroke = SERIES[index % SERIES.length];
  return {
    type: 'custom',
    clip: false,
    data,
    encode: { x: 0, y: [1, 2] },
    renderItem(_: unknown, api: { value(dimension: number): number; coord(point: number[]): number[] }) {
      const [x, bottom] = api.coord([api.value(0), api.value(1)]) as [number, number];
      const top = api.coord([api.value(0), api.value(2)])[1]!;
      const bars = [
        [x, bottom, x, top],
        [x - 4, top, x + 4, top],
        [x - 4, bottom, x + 4, bottom],
      ];
      const style = { fill: 'none', stroke, lineWidth: 1.5 };
      const children = bars.map(([x1, y1, x2, y2]) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style }));
      return { type: 'group', children };
    },
  };
}
