// What a watch of this machine has seen, as text and as JSON.

import { bold, drawCores, sparkline } from '@cookbook/lab/show';
import type { Load, LivePeak } from '../monitoring/cpu-load.ts';

/** A line for all cores, one for each, and the peaks; not wider than `columns` characters. */
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

function loadToJson({ load, after, date }: Load): object {
  return { load: round(load), after: round(after), date };
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
