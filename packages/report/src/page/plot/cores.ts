// The load of every core over time: a band for each mechanism, a strip for each core, one axis of time for all.

import type { CoresPlot } from '@cookbook/lab/claim';
import type { EChartsCoreOption } from 'echarts/core';
import { INK, isNarrow, SERIES } from './svg.ts';

/** More cores than this are drawn as groups of neighbours, each with its mean load. */
const MOST_STRIPS = 8;

const TOP = 4;
const NAME = 24;
const GAP = 16;
const AXIS = 44;

type Row = CoresPlot['rows'][number];

interface Strip {
  readonly name: string;
  /** ms since the start, and the load from 0 to 1 until then. */
  readonly points: readonly (readonly [number, number])[];
}

/** What a mechanism's samples come to: how long it was watched, and the load of the machine meanwhile. */
export interface Load {
  readonly seconds: number;
  /** The loads of all cores together: 2 where two were busy all the time, whichever program kept them busy. */
  readonly cores: number;
  /** The mean load of each core, from 0 to 1. */
  readonly means: readonly number[];
}

export function loadOf({ samples }: Row): Load {
  const count = samples[0]?.loads.length ?? 0;
  // A sample covers the time since the one before, so it weighs as much as that time.
  const spans = samples.map(({ at }, index) => at - (samples[index - 1]?.at ?? 0));
  const time = spans.reduce((sum, span) => sum + span, 0);
  const means = Array.from({ length: count }, (_, core) =>
    time > 0 ? samples.reduce((sum, { loads }, index) => sum + (loads[core] ?? 0) * spans[index]!, 0) / time : 0,
  );
  return { seconds: time / 1_000, cores: means.reduce((sum, mean) => sum + mean, 0), means };
}

export function coresHeight({ rows }: CoresPlot): number {
  return TOP + AXIS + rows.reduce((sum, row) => sum + NAME + bandHeight(row) + GAP, 0);
}

function stripHeight(count: number): number {
  return count <= 2 ? 24 : count <= 4 ? 18 : 12;
}

function bandHeight(row: Row): number {
  const count = stripsOf(row).length;
  return count * (stripHeight(count) + 3);
}

/** The option for echarts, for a drawing as high as `coresHeight` says. */
export function coresOption(plot: CoresPlot, width: number): EChartsCoreOption {
  const narrow = isNarrow(width);
  const [left, right] = narrow ? [5, 6] : [64, 6];
  const end = Math.max(1, ...plot.rows.flatMap(({ samples }) => samples.at(-1)?.at ?? []));
  const grids: object[] = [];
  const xAxes: object[] = [];
  const yAxes: object[] = [];
  const series: object[] = [];
  const titles: object[] = [];
  let top = TOP;
  plot.rows.forEach((row, index) => {
    const strips = stripsOf(row);
    const height = stripHeight(strips.length);
    titles.push(nameOf(row, top, left), loadInWords(row, top, width - right));
    top += NAME;
    for (const { name, points } of strips) {
      const gridIndex = grids.length;
      grids.push({ left, right, top, height, outerBoundsMode: 'none' }); // else the last, with labels, is moved
      const last = index === plot.rows.length - 1 && strips.at(-1)!.name === name;
      xAxes.push({ ...timeAxis(end, last), gridIndex });
      yAxes.push({ ...loadAxis(narrow ? '' : name), gridIndex });
      series.push({ ...area(points), xAxisIndex: gridIndex, yAxisIndex: gridIndex });
      top += height + 3;
    }
    top += GAP;
  });
  return { textStyle: { fontFamily: 'inherit' }, title: titles, grid: grids, xAxis: xAxes, yAxis: yAxes, series };
}

function stripsOf({ samples }: Row): Strip[] {
  const cores = samples[0]?.loads.length ?? 0;
  const group = Math.max(1, Math.ceil(cores / MOST_STRIPS));
  const strips: Strip[] = [];
  for (let first = 0; first < cores; first += group) {
    const last = Math.min(first + group, cores) - 1;
    const load = (loads: readonly number[]) =>
      loads.slice(first, last + 1).reduce((sum, one) => sum + one, 0) / (last - first + 1);
    const points = samples.map(({ at, loads }): [number, number] => [at, Math.min(1, Math.max(0, load(loads)))]);
    const start: [number, number][] = points.length > 0 ? [[0, points[0]![1]]] : [];
    strips.push({
      name: first === last ? `core ${first}` : `${first} to ${last}`,
      points: [...start, ...points],
    });
  }
  return strips;
}

function nameOf({ name }: Row, top: number, left: number): object {
  return {
    text: name,
    left,
    top: top - 5,
    padding: [5, 0],
    textStyle: { color: INK.name, fontSize: 14, fontWeight: 600 },
  };
}

/** At the right end, so that it cannot run into the name: without a browser nobody knows how wide a text is. */
function loadInWords(row: Row, top: number, end: number): object {
  const { seconds, cores } = loadOf(row);
  const text = row.samples.length > 0 ? `${cores.toFixed(2)} cores loaded, ${seconds.toFixed(1)} s` : 'not sampled';
  const textStyle = { color: INK.text, fontSize: 13, fontWeight: 400 };
  return { text, left: end, top: top - 4, padding: [5, 0], textAlign: 'right', textStyle };
}

/** A round step that divides the time into five parts at most, ms. */
function stepOf(end: number): number {
  const power = 10 ** Math.floor(Math.log10(end / 5));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => end / step <= 5) ?? end;
}

/** Time in seconds, the same for all strips; shown below the last. */
function timeAxis(end: number, shown: boolean): object {
  return {
    type: 'value',
    min: 0,
    max: Math.ceil(end / 100) * 100,
    interval: stepOf(end),
    name: shown ? 'seconds since its start' : '',
    nameLocation: 'middle',
    nameGap: 26,
    nameTextStyle: { color: INK.text, fontSize: 13 },
    axisLine: { show: true, onZero: false, lineStyle: { color: INK.line } },
    axisTick: { show: shown, lineStyle: { color: INK.line } },
    axisLabel: {
      show: shown,
      color: INK.text,
      fontSize: 12,
      hideOverlap: true,
      showMaxLabel: false,
      formatter: (value: number) => String(value / 1_000),
    },
    splitLine: { lineStyle: { color: INK.line, opacity: 0.6 } },
  };
}

function loadAxis(name: string): object {
  return {
    type: 'value',
    min: 0,
    max: 1,
    name,
    nameLocation: 'middle',
    nameRotate: 0,
    nameGap: 8,
    nameTextStyle: { color: INK.text, fontSize: 12, align: 'right' },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { show: false },
    splitLine: { show: false },
  };
}

function area(data: Strip['points']): object {
  return {
    type: 'line',
    step: 'start', // a sample's load is that of the time before it
    symbol: 'none',
    lineStyle: { width: 0 },
    clip: false,
    areaStyle: { color: SERIES[0], opacity: 1 },
    data,
  };
}
