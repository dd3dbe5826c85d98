// What a message costs by way, kind and size: the table and the chart.

import { formatNumber, medianInterval } from '@cookbook/lab/claim';
import { asNote, logChart, table } from '@cookbook/lab/show';
import { makePayload, sumOf } from './payload.ts';
import type { Kind, Payload } from './payload.ts';
import { WAYS } from '../recipe.ts';
import type { Way } from '../recipe.ts';
import type { Delivery, Receiver } from './delivery.ts';

/** From 64 B to 64 MiB in equal steps of the logarithmic axis. */
export const SIZES: readonly number[] = [6, 11, 16, 21, 26].map((power) => 2 ** power);

/** Larger ones take seconds, for more than half of which the parent is blocked. */
const MOST_OVER_JSON = 2 ** 21;
const MOST_RECORDS = 2 ** 21;

export interface Cell {
  readonly way: Way;
  readonly kind: Kind;
  readonly bytes: number;
  readonly form: string;
  /** Medians, ms. */
  readonly there: number;
  readonly blocked: number;
  /** Messages whose sum was another on the other side. */
  readonly wrong: number;
  /** Messages of a process that a thread received, or the other way round. */
  readonly misplaced: number;
}

/** Which ways there are for a kind: only bytes can be transferred or shared. */
function waysFor(kind: Kind): readonly Way[] {
  return kind === 'Buffer' ? WAYS : WAYS.slice(0, 3);
}

/** Sends every kind in every size in every way that there is, as often as its size allows. */
export async function sweep(receivers: ReadonlyMap<Way, Receiver>, onCell: () => void): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const bytes of SIZES) {
    for (const kind of ['string', 'Buffer', 'records'] as const) {
      if (kind === 'records' && bytes > MOST_RECORDS) continue;
      const payload = makePayload(kind, bytes);
      const sum = sumOf(payload);
      for (const way of waysFor(kind)) {
        if (way === 'fork, JSON' && kind === 'Buffer' && bytes > MOST_OVER_JSON) continue;
        const { misplaced, ...sent } = await sendOften(receivers.get(way)!, payload, sum, roundsFor(bytes));
        cells.push({ way, kind, bytes, ...sent, misplaced: misplaced(way) });
        onCell();
      }
    }
  }
  return cells;
}

function roundsFor(bytes: number): number {
  return bytes <= 2 ** 16 ? 30 : bytes <= 2 ** 21 ? 5 : 1;
}

async function sendOften(receiver: Receiver, payload: Payload, sum: number, rounds: number) {
  const deliveries: Delivery[] = [];
  for (let round = 0; round < rounds; round++) deliveries.push(await receiver.send(fresh(payload)));
  const medianOf = (of: (delivery: Delivery) => number): number => medianInterval(deliveries.map(of)).median;
  return {
    form: deliveries[0]!.receipt.form,
    there: medianOf(({ there }) => there),
    blocked: medianOf(({ blocked }) => blocked),
    wrong: deliveries.filter(({ receipt }) => receipt.sum !== sum).length,
    misplaced: (way: Way) =>
      deliveries.filter(({ receipt }) => (receipt.pid === process.pid) !== way.startsWith('worker')).length,
  };
}

/** A Buffer that may be given away: a transferred one is empty afterwards. */
export function fresh(payload: Payload): Payload {
  return Buffer.isBuffer(payload) ? Buffer.from(new Uint8Array(payload).buffer) : payload;
}

/** '64 B', '2 KiB', '64 MiB' */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${formatNumber(bytes / 2 ** (10 * power))} ${units[power]}`;
}

/** The chart: time until a Buffer is there, by its size. */
export function drawBuffers(cells: readonly Cell[], columns: number): string {
  const series = WAYS.map((way) => ({
    name: way,
    points: cells
      .filter((cell) => cell.way === way && cell.kind === 'Buffer')
      .map(({ bytes, there }) => ({ x: bytes, y: there })),
  }));
  return asNote(
    logChart(series, { columns, formatX: formatBytes, formatY: (ms) => `${formatNumber(ms)} ms`, ticksX: SIZES }),
  );
}

/** The table: every kind at the largest size that it was sent in. */
export function drawLargest(cells: readonly Cell[]): string {
  const largest = cells.filter(
    ({ way, kind, bytes }) => !cells.some((other) => other.way === way && other.kind === kind && other.bytes > bytes),
  );
  const rows = largest
    .toSorted((a, b) => a.kind.localeCompare(b.kind) || WAYS.indexOf(a.way) - WAYS.indexOf(b.way))
    .map(({ way, kind, bytes, form, there, blocked }) => ({
      sent: `${kind}, ${formatBytes(bytes)}`,
      way,
      'arrives as': form,
      'there after': `${formatNumber(there)} ms`,
      'MB/s': formatNumber(bytes / 1_000 / there),
      'sender blocked': `${formatNumber(blocked)} ms`,
    }));
  return asNote(table(rows, ['there after', 'MB/s', 'sender blocked']).split('\n'));
}
