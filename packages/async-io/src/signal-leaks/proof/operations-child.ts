// A process in which operations run under one signal that never aborts, with nothing else in its memory that could grow.

import { getEventListeners } from 'node:events';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { untilAborted, untilAbortedLeaking, withOwnSignal } from '../recipe.ts';

/** What is left when all operations of a way have ended, and garbage was collected. */
export interface Left {
  /** On the signal. */
  readonly listeners: number;
  /** Growth of the heap, MiB. */
  readonly heap: number;
  /** MaxListenersExceededWarning. */
  readonly warnings: number;
  /** How many of the results were right. */
  readonly right: number;
}

const answer = async (n: number): Promise<number> => n;

/** A library that leaves its listener on the signal that it is given. */
function careless(signal: AbortSignal, n: number): Promise<number> {
  return untilAbortedLeaking(signal, () => answer(n));
}

/** An operation under a signal, in each way. */
const WAYS = {
  leaking: careless,
  removing: (signal, n) => untilAborted(signal, () => answer(n)),
  own: (signal, n) => withOwnSignal(signal, (own) => careless(own, n)),
  any: (signal, n) => careless(AbortSignal.any([signal]), n),
} satisfies Record<string, (signal: AbortSignal, n: number) => Promise<number>>;

export type Way = keyof typeof WAYS;

/** So many operations of a way; or what it takes to add a listener to a signal that has so many. */
export type Order = { readonly way: Way; readonly count: number } | { readonly listeners: number };

const MOST_LISTENERS = 20_000;

let warnings = 0;
process.on('warning', ({ name }) => {
  if (name === 'MaxListenersExceededWarning') warnings++;
});
process.on('disconnect', () => process.exit());
process.on('message', async (order: Order) => {
  process.send!('way' in order ? await run(order.way, order.count) : addTimes(order.listeners));
});

async function run(way: Way, count: number): Promise<Left> {
  const { signal } = new AbortController();
  await operate(way, 1_000, new AbortController().signal); // compiles the code
  warnings = 0;
  const empty = await usedHeap();
  const right = await operate(way, count, signal);
  const heap = ((await usedHeap()) - empty) / 2 ** 20;
  return { listeners: getEventListeners(signal, 'abort').length, heap, warnings, right };
}

/** 100 at once, as in a server; no more where they leave listeners by the thousand, each of which is slower to add. */
async function operate(way: Way, count: number, signal: AbortSignal): Promise<number> {
  let right = 0;
  for (let first = 0; first < count && getEventListeners(signal, 'abort').length < MOST_LISTENERS; first += 100) {
    const numbers = Array.from({ length: 100 }, (_, at) => first + at);
    const results = await Promise.all(numbers.map((n) => WAYS[way](signal, n)));
    right += results.filter((result, at) => result === numbers[at]).length;
    await turnOfTheLoop();
  }
  return right;
}

/** Bytes after a collection of garbage; finalizers, by which `AbortSignal.any` lets go, take turns of the loop. */
async function usedHeap(): Promise<number> {
  for (let n = 0; n < 4; n++) {
    globalThis.gc!();
    await turnOfTheLoop();
  }
  return process.memoryUsage().heapUsed;
}

/** ms to add 100 listeners: to a signal that has so many, over to one that has none. */
function addTimes(listeners: number): number[] {
  addListeners(new AbortController().signal, 1_000); // compiles the code
  const { signal } = new AbortController();
  addListeners(signal, listeners);
  return Array.from({ length: 15 }, () => {
    const full = addListeners(signal, 100);
    return full / addListeners(new AbortController().signal, 100);
  });
}

function addListeners(signal: AbortSignal, count: number): number {
  const start = performance.now();
  for (let n = 0; n < count; n++) signal.addEventListener('abort', () => n);
  return performance.now() - start;
}
