// The sweep as findings: where the knee is, what it costs to go beyond it, and what the server counted.

import { counted, counts, drawn, shown } from '@cookbook/lab/claim';
import type { Figure, Finding } from '@cookbook/lab/claim';
import { goodput, kneeOf } from '../recipe.ts';
import { DELAY, QUEUE, WIDTH } from './busy-server.ts';
import { drawCurves, drawTable, plotsOf } from './drawing.ts';
import type { Point } from './sweep.ts';
import { judgeKnee, judgeWide } from './verdict.ts';

/** Requests in flight of the largest load. */
export const MOST = 1_024;

/** 'knee', and the goodput of three limits: 'goodput-1', 'goodput-knee', 'goodput-1024'. */
export function kneeFinding(words: string, points: readonly Point[]): Finding {
  const knee = kneeOf(points);
  const bound = { least: WIDTH, most: WIDTH };
  const goodputAt = (key: string, limit: number): Figure => {
    const name = `good answers with ${limit} in flight`;
    return counted(key, name, goodput(pointAt(points, limit)), 'a second');
  };
  return {
    figures: [
      counted('knee', 'knee: the least in flight with 90 % of the best goodput', knee, 'requests', bound),
      goodputAt('goodput-1', 1),
      goodputAt('goodput-knee', knee),
      goodputAt('goodput-1024', MOST),
    ],
    judgement: judgeKnee(
      knee,
      WIDTH,
      points.map((point) => ({ limit: point.limit, goodput: goodput(point) })),
    ),
    words,
  };
}

/** What requests beyond the knee come to. The arithmetic of the server has the three at 5, 16 and 84 %. */
export function beyondKnee(words: string, points: readonly Point[]): Finding {
  const [knee, queueing, most] = [pointAt(points, WIDTH), pointAt(points, 128), pointAt(points, MOST)];
  const refused = (100 * most.refused) / most.requests;
  const gain = goodput(knee) / goodput(most);
  const figures = [
    counted('goodput-ratio', `goodput, ${WIDTH} in flight / ${MOST}`, gain, 'x', { least: 1.5 }),
    counted('latency-ratio', `median latency, 128 in flight / ${WIDTH}`, queueing.p50 / knee.p50, 'x', { least: 3 }),
    counted('refused-1024', `refused with ${MOST} in flight`, refused, '%', { least: 50 }),
  ];
  return { figures, judgement: judgeWide(figures), words };
}

/** Nothing is refused while there is room, and each limit opens as many connections as it lets requests go. */
export function serverCounts(points: readonly Point[]): Finding {
  const room = points.filter(({ limit }) => limit <= WIDTH + QUEUE);
  const refused = room.reduce((sum, point) => sum + point.refused, 0);
  const wrongSockets = points.filter(({ sockets, limit }) => sockets !== limit).length;
  const never = { most: 0 };
  return counts(
    '',
    counted('refused-in-room', `refused up to ${room.at(-1)!.limit} in flight`, refused, 'requests', never),
    counted('other-connections', 'limits with another number of connections', wrongSockets, 'limits', never),
  );
}

/** @param memory of the client for a request in flight, KiB */
export function drawSweep(points: readonly Point[], memory: number, columns: number): Finding[] {
  return [
    shown('', counted('memory', 'memory of the client for a request in flight', memory, 'KiB')),
    drawn({
      notes: [
        `The server takes ${DELAY} ms for a request, works on ${WIDTH} at once and lets ${QUEUE} wait; each further ${WIDTH} that are there add as much again to a request, and what finds no room is answered 503. Every document is asked for once. The better of two loads up to 64 in flight, one load from there on:`,
        drawTable(points, kneeOf(points)),
        drawCurves(points, Math.max(44, columns - 4)),
      ],
      plots: plotsOf(points),
    }),
  ];
}

function pointAt(points: readonly Point[], limit: number): Point {
  return points.find((point) => point.limit === limit)!;
}
