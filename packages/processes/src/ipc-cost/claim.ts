import { allHold, counted, defineClaim, formatNumber, judgeBounds, judgeIntervals } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { makePayload } from './payload.ts';
import type { Kind } from './payload.ts';
import { openPeer, WAYS } from './recipe.ts';
import type { Peer, Way } from './recipe.ts';
import { drawBuffers, drawLargest, formatBytes, fresh, sweep } from './sweep.ts';
import type { Cell } from './sweep.ts';

/** A against B by the CPU time that both sides spend on a message: other programs cannot change that much. */
interface Pair {
  readonly kind: Kind;
  readonly bytes: number;
  readonly a: Way;
  readonly b: Way;
  /** Messages in a row: as many as the clock needs. */
  readonly times: number;
  readonly least?: number;
  readonly most?: number;
}

const PAIRS: readonly Pair[] = [
  { kind: 'string', bytes: 2 ** 6, a: 'fork, JSON', b: 'worker, cloned', times: 300, most: 5 },
  { kind: 'Buffer', bytes: 2 ** 26, a: 'fork, advanced', b: 'worker, transferred', times: 1, least: 3 },
  { kind: 'Buffer', bytes: 2 ** 20, a: 'fork, JSON', b: 'fork, advanced', times: 1, least: 10 },
  { kind: 'records', bytes: 2 ** 20, a: 'fork, advanced', b: 'fork, JSON', times: 1, least: 1 },
  { kind: 'records', bytes: 2 ** 20, a: 'worker, cloned', b: 'fork, JSON', times: 1, least: 1 },
];

/** The clock's smallest step, ms: a transferred buffer may take no time that it sees. */
const LEAST_CPU = 0.05;

interface IpcEvidence extends Evidence {
  readonly counts: readonly Figure[];
  readonly ratios: readonly Figure[];
}

export default defineClaim<IpcEvidence>({
  id: 'processes/ipc-cost',
  says: 'Communication between processes is more complex and costs more than between threads.',
  from: ['RC', 'QA'],
  answer:
    'A small message costs a process at most 5 times what it costs a thread. 64 MiB of bytes cost it at least 3 times what handing them over to a thread costs, and a Buffer over the JSON channel at least 10 times what it costs over the advanced one, and it arrives as { type, data }. An array of records is the exception: JSON to a process is cheaper than the structured clone, to a process and to a thread.',

  async measure(context: Context) {
    const peers = new Map<Way, Peer>();
    try {
      for (const way of WAYS) peers.set(way, openPeer(way));
      let done = 0;
      const cells = await sweep(peers, () => {
        context.signal.throwIfAborted();
        context.screen.draw(`… ipc-cost: ${++done} ways, kinds and sizes measured`);
      });
      const ratios: Figure[] = [];
      for (const pair of PAIRS) ratios.push(await compareCpu(pair, peers, context));
      const counts = countsOf(cells);
      return {
        counts,
        ratios,
        headline: headlineOf(ratios),
        figures: [...ratios, ...counts],
        notes: notesOf(cells, context.screen.columns - 4),
      };
    } finally {
      await Promise.all([...peers.values()].map((peer) => peer.close()));
    }
  },

  judge: ({ counts, ratios }) => allHold([judgeBounds({ figures: counts }), judgeIntervals(ratios)]),
});

async function compareCpu(
  { kind, bytes, a, b, times, least, most }: Pair,
  peers: ReadonlyMap<Way, Peer>,
  context: Context,
): Promise<Figure> {
  context.screen.draw(`… ipc-cost: ${kind} of ${formatBytes(bytes)}, ${a} against ${b}`);
  const payload = makePayload(kind, bytes);
  const cost = (way: Way) => async (): Promise<number> => {
    let cpu = 0;
    for (let n = 0; n < times; n++) cpu += (await peers.get(way)!.send(fresh(payload))).cpu;
    return Math.max(LEAST_CPU, cpu);
  };
  const comparison = await comparePairs(cost(a), cost(b), { context, pairs: pairsFor(bytes), precision: 0.1 });
  const bound =
    least === undefined && most === undefined ? undefined : { ...(least && { least }), ...(most && { most }) };
  return ratioFigure(`CPU time, ${kind} of ${formatBytes(bytes)}: ${a} / ${b}`, comparison, bound);
}

/** Of 15 pairs, three that were disturbed do not widen the interval; where a message takes long, 4 have to do. */
function pairsFor(bytes: number): [least: number, most: number] {
  return bytes > 2 ** 22 ? [4, 4] : [15, 25];
}

function countsOf(cells: readonly Cell[]): Figure[] {
  const overJson = cells.filter(({ way, kind }) => way === 'fork, JSON' && kind === 'Buffer');
  const elsewhere = cells.filter(({ way, kind }) => way !== 'fork, JSON' && kind === 'Buffer');
  return [
    counted(
      'messages that arrived with another sum',
      cells.reduce((sum, { wrong }) => sum + wrong, 0),
      'messages',
      {
        most: 0,
      },
    ),
    counted('sizes of Buffer that arrived as bytes over JSON', arrivedAsBytes(overJson), 'sizes', { most: 0 }),
    counted('sizes of Buffer that arrived as bytes by the other ways', arrivedAsBytes(elsewhere), 'sizes', {
      least: elsewhere.length,
    }),
  ];
}

function arrivedAsBytes(cells: readonly Cell[]): number {
  return cells.filter(({ form }) => form.endsWith('bytes')).length;
}

function headlineOf([small, large, buffer, records]: readonly Figure[]): string {
  return [
    `CPU time: small message fork/worker ${inWords(small)}`,
    `64 MiB fork/transfer ${inWords(large)}`,
    `Buffer JSON/advanced ${inWords(buffer)}`,
    `records advanced/JSON ${inWords(records)}`,
  ].join(', ');
}

function inWords(ratio: Figure | undefined): string {
  return `${formatNumber(ratio!.median)}x`;
}

function notesOf(cells: readonly Cell[], columns: number): string[] {
  return [
    'Time until a Buffer is there, by its size; the sum of what arrived is checked, outside the time:',
    drawBuffers(cells, columns),
    'Every kind at its largest size, one message after another:',
    drawLargest(cells),
    'Over the JSON channel a Buffer is sent up to 2 MiB only, and records up to 2 MiB by every way: 64 MiB take seconds.',
  ];
}
