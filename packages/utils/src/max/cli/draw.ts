// The result of `max` as text and as JSON.

import { bold, drawCores, sparkline } from '@cookbook/lab/show';
import type { Load, LivePeak } from '../monitoring/cpu-load.ts';
import type { Cell } from './cells.ts';

export interface Found {
  readonly column: string | undefined;
  readonly values: number;
  readonly gaps: number;
  readonly least: Cell;
  readonly most: Cell;
}

/** A line each for the largest, the smallest and the count. Numbers stand as they are written in the input. */
export function drawFound({ values, gaps, least, most }: Found): string {
  const width = Math.max(most.text.length, least.text.length);
  const passed = gaps === 0 ? '' : `, and ${count(gaps, 'gap')}`;
  return [
    `max    ${bold(written(most).padEnd(width))}  line ${most.line}`,
    `min    ${written(least).padEnd(width)}  line ${least.line}`,
    `count  ${count(values, 'value')}${passed}`,
  ].join('\n');
}

/** JSON has no NaN: it is null there. */
export function foundToJson({ column, values, gaps, least, most }: Found): string {
  return JSON.stringify({ column: column ?? null, max: cellToJson(most), min: cellToJson(least), values, gaps });
}

export function drawLive(
  { samples, cores, peak, peaks }: LivePeak,
  { window, threshold }: { readonly window: number; readonly threshold: number },
  columns: number,
): string {
  const all = samples.map(({ loads }) => loads.reduce((sum, load) => sum + load, 0) / cores);
  const shown = all.slice(-Math.max(10, columns - 24));
  return [
    `${bold(`peak load ${percent(peak.load)}`)} of ${count(cores, 'core')}, ${when(peak)}`,
    `${'all'.padEnd(12)} ${sparkline(shown)}`,
    ...drawCores(samples, columns),
    `${count(peaks.length, 'peak')} from ${percent(threshold)} up, ${window} s or more apart`,
    ...peaks.map((one) => `  ${percent(one.load).padStart(5)}  ${when(one)}`),
  ].join('\n');
}

/** Loads from 0 to 1, of all cores together; times in seconds after the start. */
export function liveToJson({ samples, cores, peak, peaks }: LivePeak): string {
  const start = samples[0]!.at;
  return JSON.stringify({
    cores,
    peak: loadToJson(peak),
    peaks: peaks.map(loadToJson),
    samples: samples.map(({ at, loads }) => ({ after: round((at - start) / 1_000), loads: loads.map(round) })),
  });
}

function cellToJson({ value, text, line }: Cell): object {
  return { value, text, line };
}

function loadToJson({ load, after, date }: Load): object {
  return { load: round(load), after: round(after), date };
}

function written({ value, text }: Cell): string {
  return Number.isNaN(value) ? 'NaN' : text;
}

function when({ after, date }: Load): string {
  return `${after.toFixed(1)} s after the start, at ${date.toISOString()}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en-US')} ${what}${number === 1 ? '' : 's'}`;
}
