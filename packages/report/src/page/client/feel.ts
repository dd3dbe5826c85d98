/// <reference lib="dom" />
// The live part: one computation in three ways, and what each does to the page meanwhile.

import { droppedOf, gapsOf, watch } from './frames.ts';
import type { Sight } from './frames.ts';
import { countPrimes } from './work.ts';

const stage = document.querySelector<HTMLElement>('.stage')!;
const ball = stage.querySelector<HTMLElement>('.ball')!;
const field = stage.querySelector<HTMLInputElement>('.keys input')!;
const status = stage.querySelector<HTMLElement>('.status')!;
const buttons = [...stage.querySelectorAll<HTMLButtonElement>('.ways button')];

/** Long enough to be felt, short enough not to be mistaken for a page that has died; ms. */
const WORK = 1_500;
/** Frames before and after the work, to see what is usual; ms. */
const QUIET = 400;
/** A slice is shorter than a frame of 60 Hz, 16.7 ms. */
const SLICE = 8;

/** Up to where primes are to be counted to keep this machine busy for about `WORK`. */
let limit = 0;

function calibrate(): number {
  let to = 20_000;
  for (;;) {
    const took = Math.min(timeOf(to), timeOf(to), timeOf(to)); // what else runs only ever lengthens it
    if (took > 15) return Math.round(to * (WORK / took) ** (2 / 3)); // trial division costs about n to the power 1.5
    to *= 2;
  }
}

function timeOf(to: number): number {
  const start = performance.now();
  countPrimes(0, to);
  return performance.now() - start;
}

async function inSlices(to: number): Promise<number> {
  let count = 0;
  let from = 0;
  while (from < to) {
    const start = performance.now();
    while (from < to && performance.now() - start < SLICE) {
      count += countPrimes(from, Math.min(to, from + 200));
      from += 200;
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  return count;
}

/** The script of the worker stands in the page, since a page from disk may not load a file beside it. */
async function inWorker(to: number): Promise<number> {
  const source = document.querySelector('#worker-source')!.textContent;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url);
  try {
    return await new Promise<number>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<number>) => resolve(data));
      worker.addEventListener('error', ({ message }) => reject(new Error(message || 'the worker did not start')));
      worker.postMessage(to);
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}

const WAYS: Readonly<Record<string, (to: number) => number | Promise<number>>> = {
  inline: (to) => countPrimes(0, to),
  slices: inSlices,
  worker: inWorker,
};

async function run(way: string, name: string): Promise<void> {
  for (const button of buttons) button.disabled = true;
  if (matchMedia('(pointer: fine)').matches) field.focus(); // a touch would open the keyboard over the ball
  status.textContent = `${name}: type now.`;
  try {
    const seen = watch(ball, field);
    await pause(QUIET);
    limit ||= calibrate();
    await pause(QUIET / 4);
    const start = performance.now();
    const primes = await WAYS[way]!(limit);
    const took = performance.now() - start;
    await pause(QUIET);
    show(way, { took, primes, start, sight: seen.stop() });
    status.textContent = `${name}: done in ${(took / 1_000).toFixed(1)} s. ${compare()}`;
  } catch (error) {
    status.textContent = `${name}: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

function pause(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time));
}

interface Run {
  readonly took: number;
  readonly primes: number;
  readonly start: number;
  readonly sight: Sight;
}

function show(way: string, { took, primes, start, sight }: Run): void {
  const row = stage.querySelector<HTMLTableRowElement>(`tr[data-way="${way}"]`)!;
  // Only frames from the work's start on: calibrating stops the page too, once.
  const frames = sight.frames.filter((frame) => frame >= start - QUIET / 4);
  const gaps = gapsOf({ ...sight, frames });
  const put = (name: string, text: string): void => {
    row.querySelector(`[data-figure="${name}"]`)!.textContent = text;
  };
  put('took', `${(took / 1_000).toFixed(2)} s`);
  put('gap', `${Math.max(0, ...gaps).toFixed(0)} ms`);
  put('dropped', String(droppedOf(gaps)));
  put('key', sight.keyDelays.length > 0 ? `${Math.max(...sight.keyDelays).toFixed(0)} ms` : 'no key');
  put('primes', primes.toLocaleString('en-US'));
  drawTicks(row.querySelector('svg')!, frames);
}

/** A tick for each frame, on the time that the run took. */
function drawTicks(svg: SVGSVGElement, frames: readonly number[]): void {
  const [first, last] = [frames[0] ?? 0, frames.at(-1) ?? 1];
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute(
    'd',
    frames.map((frame) => `M${(((frame - first) / (last - first)) * 100).toFixed(2)} 0v1`).join(''),
  );
  svg.replaceChildren(path);
}

/** The primes of every way must be the same number: otherwise it was not the same work. */
function compare(): string {
  const found = [...stage.querySelectorAll('td[data-figure="primes"]')].map((cell) => cell.textContent);
  const counts = new Set(found.filter((text) => /\d/.test(text)));
  return counts.size > 1 ? 'The ways found different numbers of primes: do not trust them.' : '';
}

for (const button of buttons) {
  button.addEventListener('click', () => void run(button.dataset['way']!, button.textContent));
}
stage.hidden = false;
