// Ways of sending one message held against each other, and what arrived of it.

import { counted, counts, intervals } from '@cookbook/lab/claim';
import type { Bound, Context, Figure, Finding } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { WAYS } from '../recipe.ts';
import type { Way } from '../recipe.ts';
import { openReceiver } from './delivery.ts';
import type { Receiver } from './delivery.ts';
import { makePayload } from './payload.ts';
import type { Kind } from './payload.ts';
import { drawBuffers, drawLargest, formatBytes, fresh, sweep } from './sweep.ts';
import type { Cell } from './sweep.ts';

/** The clock's smallest step, ms: a transferred buffer may take no time that it sees. */
const LEAST_CPU = 0.05;

export type Receivers = ReadonlyMap<Way, Receiver>;

/** Opens a receiver for each way, and closes them all after `work`. */
export async function withReceivers<T>(work: (receivers: Receivers) => Promise<T>): Promise<T> {
  const receivers = new Map<Way, Receiver>();
  try {
    for (const way of WAYS) receivers.set(way, openReceiver(way));
    return await work(receivers);
  } finally {
    await Promise.all([...receivers.values()].map((receiver) => receiver.close()));
  }
}

/** Sends every kind in every size in every way. */
export function sendAll(receivers: Receivers, { screen, signal }: Context): Promise<Cell[]> {
  let done = 0;
  return sweep(receivers, () => {
    signal.throwIfAborted();
    screen.draw(`… ipc-cost: ${++done} ways, kinds and sizes measured`);
  });
}

/** A against B by the CPU time that both sides spend on a message: other programs cannot change that much. */
interface Pair {
  readonly key: string;
  readonly kind: Kind;
  readonly bytes: number;
  readonly a: Way;
  readonly b: Way;
  /** Messages in a row: as many as the clock needs. */
  readonly times: number;
  readonly bound: Bound;
}

const SMALL: Pair = {
  key: 'small-message',
  kind: 'string',
  bytes: 2 ** 6,
  a: 'fork, JSON',
  b: 'worker, cloned',
  times: 300,
  bound: { most: 12 },
};
const LARGE: Pair = {
  key: 'large-buffer',
  kind: 'Buffer',
  bytes: 2 ** 26,
  a: 'fork, advanced',
  b: 'worker, transferred',
  times: 1,
  bound: { least: 10 },
};
const AS_JSON: Pair = {
  key: 'buffer-as-json',
  kind: 'Buffer',
  bytes: 2 ** 20,
  a: 'fork, JSON',
  b: 'fork, advanced',
  times: 1,
  bound: { least: 15 },
};
const RECORDS = { kind: 'records', bytes: 2 ** 20, b: 'fork, JSON', times: 1, bound: { least: 1 } } as const;

export async function smallMessage(words: string, receivers: Receivers, context: Context): Promise<Finding> {
  return intervals(words, await compareCpu(SMALL, receivers, context));
}

export async function largeBuffer(words: string, receivers: Receivers, context: Context): Promise<Finding> {
  return intervals(words, await compareCpu(LARGE, receivers, context));
}

export async function bufferAsJson(words: string, receivers: Receivers, context: Context): Promise<Finding> {
  return intervals(words, await compareCpu(AS_JSON, receivers, context));
}

/** Records are the exception: JSON to a process is cheaper than a structured clone, to a process and to a thread. */
export async function recordsAsJson(words: string, receivers: Receivers, context: Context): Promise<Finding> {
  return intervals(
    words,
    await compareCpu({ ...RECORDS, key: 'records-advanced', a: 'fork, advanced' }, receivers, context),
    await compareCpu({ ...RECORDS, key: 'records-cloned', a: 'worker, cloned' }, receivers, context),
  );
}

async function compareCpu(
  { key, kind, bytes, a, b, times, bound }: Pair,
  receivers: Receivers,
  context: Context,
): Promise<Figure> {
  context.screen.draw(`… ipc-cost: ${kind} of ${formatBytes(bytes)}, ${a} against ${b}`);
  const payload = makePayload(kind, bytes);
  const cost = (way: Way) => async (): Promise<number> => {
    let cpu = 0;
    for (let n = 0; n < times; n++) cpu += (await receivers.get(way)!.send(fresh(payload))).cpu;
    return Math.max(LEAST_CPU, cpu);
  };
  const comparison = await comparePairs(cost(a), cost(b), { context, pairs: pairsFor(bytes), precision: 0.1 });
  return ratioFigure(key, `CPU time, ${kind} of ${formatBytes(bytes)}: ${a} / ${b}`, comparison, bound);
}

/** Of 15 pairs, three that were disturbed do not widen the interval; where a message takes long, 4 have to do. */
function pairsFor(bytes: number): [least: number, most: number] {
  return bytes > 2 ** 22 ? [4, 4] : [15, 25];
}

/** Every message has the sum of what was sent; a Buffer arrives as bytes in every way but JSON. */
export function arrived(words: string, cells: readonly Cell[]): Finding {
  const overJson = cells.filter(({ way, kind }) => way === 'fork, JSON' && kind === 'Buffer');
  const elsewhere = cells.filter(({ way, kind }) => way !== 'fork, JSON' && kind === 'Buffer');
  const wrong = cells.reduce((sum, cell) => sum + cell.wrong, 0);
  const misplaced = cells.reduce((sum, cell) => sum + cell.misplaced, 0);
  return counts(
    words,
    counted('wrong-sums', 'messages that arrived with another sum', wrong, 'messages', { most: 0 }),
    counted('misplaced', 'messages to a thread received by a process, or the other way round', misplaced, 'messages', {
      most: 0,
    }),
    counted('bytes-over-json', 'sizes of Buffer that arrived as bytes over JSON', asBytes(overJson), 'sizes', {
      most: 0,
    }),
    counted('bytes-elsewhere', 'sizes of Buffer that arrived as bytes in the other ways', asBytes(elsewhere), 'sizes', {
      least: elsewhere.length,
    }),
  );
}

function asBytes(cells: readonly Cell[]): number {
  return cells.filter(({ form }) => form.endsWith('bytes')).length;
}

/** The chart and the table of all that was sent, with what explains them. */
export function describeCells(cells: readonly Cell[], columns: number): string[] {
  return [
    'Time until a Buffer is there, by its size; the sum of what arrived is checked, outside the time:',
    drawBuffers(cells, columns),
    'Every kind at its largest size, one message after another:',
    drawLargest(cells),
    'Over the JSON channel a Buffer is sent up to 2 MiB only, and records up to 2 MiB in every way: 64 MiB take seconds.',
  ];
}
