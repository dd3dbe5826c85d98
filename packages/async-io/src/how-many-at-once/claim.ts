import { allHold, counted, defineClaim, formatNumber, judgeBounds, judgeIntervals } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { openServer } from '../proof/server/index.ts';
import { measureAdaptive, settled } from './adaptive.ts';
import { drawCurves, drawTable, plotsOf } from './drawing.ts';
import { kneeOf } from './knee.ts';
import { goodput } from './load.ts';
import { memoryInFlight } from './memory.ts';
import { BUSY_SERVER, DELAY, QUEUE, WIDTH } from './server.ts';
import { measureSweep } from './sweep.ts';
import type { Point } from './sweep.ts';
import { ADAPTED_WITHIN, adaptedFigure, judgeAdapted, judgeKnee, judgeWide, none } from './verdict.ts';

/** The climb takes some 600, and the rest is seconds of going up and down. */
const ADAPTIVE_REQUESTS = 2_400;
const MOST = 1_024;

interface ManyEvidence extends Evidence {
  readonly knee: number;
  readonly adapted: Figure;
  readonly waitingShare: number | undefined;
  readonly wide: readonly Figure[];
  readonly counts: readonly Figure[];
  readonly refused: Figure;
}

export default defineClaim<ManyEvidence>({
  id: 'async-io/how-many-at-once',
  says: 'One has to pick the number of tasks.',
  from: ['RC', 'QA'],
  answer: `As many as the server works on at once, ${WIDTH} here: fewer leave it idle, more wait in its queue, slow the others down and are refused in the end. The knee shows in a sweep, and a limit that adapts to the latency finds it by itself, to within ${100 * ADAPTED_WITHIN} %.`,

  async measure(context: Context) {
    const { signal, screen } = context;
    await using server = await openServer(BUSY_SERVER, signal);
    const points = await measureSweep(server, context);
    screen.draw('… how-many-at-once: a limit that adapts');
    const adaptive = await measureAdaptive(server, ADAPTIVE_REQUESTS, context);
    const memory = await memoryInFlight(MOST, signal);

    const knee = kneeOf(points);
    const at = (limit: number): Point => points.find((point) => point.limit === limit)!;
    const adapted = adaptedFigure(
      settled(adaptive.limits).map(({ limit }) => limit),
      WIDTH,
    );
    const wide = wideFigures(at);
    const counts = countsOf(points);
    const refused = none('refused of the adaptive limit', adaptive.refused);
    return {
      knee,
      adapted,
      waitingShare: adaptive.waitingShare,
      wide,
      counts,
      refused,
      headline: `the knee is at ${knee} in flight: ${formatNumber(goodput(at(WIDTH)))} good answers a second, against ${formatNumber(goodput(at(1)))} one by one and ${formatNumber(goodput(at(MOST)))} with ${formatNumber(MOST)}; the adaptive limit settles at ${formatNumber(adapted.median)}`,
      figures: [
        counted('knee: the least in flight with 90 % of the best goodput', knee, 'requests', {
          least: WIDTH,
          most: WIDTH,
        }),
        adapted,
        ...wide,
        ...counts,
        refused,
        counted('goodput, adaptive / best of the sweep', goodput(adaptive) / goodput(at(knee)), 'x'),
        counted('memory of the client for a request in flight', memory, 'KiB'),
      ],
      notes: [
        `The server takes ${DELAY} ms for a request, works on ${WIDTH} at once and lets ${QUEUE} wait; each further ${WIDTH} that are there add as much again to a request, and what finds no room is answered 503. Every document is asked for once. The better of two loads up to 64 in flight, one load from there on:`,
        drawTable(points, knee),
        drawCurves(points, Math.max(44, screen.columns - 4)),
        `The adaptive limit starts at 1. Once settled it is from ${formatNumber(adapted.low)} to ${formatNumber(adapted.high)} for half of the answers; p50 ${formatNumber(adaptive.p50)} ms, p99 ${formatNumber(adaptive.p99)} ms, the climb included.`,
      ],
      plots: plotsOf(points, adaptive.limits, WIDTH),
    };
  },

  judge: ({ knee, adapted, waitingShare, wide, counts, refused }) =>
    allHold([
      judgeKnee(knee, WIDTH),
      judgeAdapted(adapted, WIDTH, waitingShare),
      judgeWide(wide),
      judgeBounds({ figures: counts }),
      judgeIntervals([refused]),
    ]),
});

/** The arithmetic of the server has them at 5, 16 and 84 %. */
function wideFigures(at: (limit: number) => Point): Figure[] {
  const [knee, queueing, most] = [at(WIDTH), at(128), at(MOST)];
  const refused = (100 * most.refused) / most.requests;
  return [
    counted(`goodput, ${WIDTH} in flight / ${MOST}`, goodput(knee) / goodput(most), 'x', { least: 1.5 }),
    counted(`median latency, 128 in flight / ${WIDTH}`, queueing.p50 / knee.p50, 'x', { least: 3 }),
    counted(`refused with ${MOST} in flight`, refused, '%', { least: 50 }),
  ];
}

function countsOf(points: readonly Point[]): Figure[] {
  const room = points.filter(({ limit }) => limit <= WIDTH + QUEUE);
  const refused = room.reduce((sum, point) => sum + point.refused, 0);
  const wrongSockets = points.filter(({ sockets, limit }) => sockets !== limit).length;
  return [
    none(`refused up to ${room.at(-1)!.limit} in flight`, refused),
    counted('limits with another number of connections', wrongSockets, 'limits', { most: 0 }),
  ];
}
