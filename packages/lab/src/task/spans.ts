// When a thread computed and had its core all the while, as far as the system says so: what shows that lanes did run side by
// side, and how dear their work was at that very moment.

import { openSync, readSync } from 'node:fs';
import { now } from './clock.ts';

export interface Computing {
  /**
   * Time spent computing, ms, without what the work waited for, and without the time in the queue for a core; with that where
   * the system does not report it, which says little of a machine that is busy.
   */
  readonly took: number;
  /** Spans of it without a break, from and to, by `now()`. */
  readonly spans: readonly Span[];
  /** Pieces of computing with a wait for a core in them, and how long that was. */
  readonly breaks?: readonly (readonly [from: number, to: number, waited: number])[];
}

type Span = readonly [from: number, to: number];

/** A thread that loses its core does so for longer, ms. A look at the queue takes 2 us, a hundredth of this. */
const LEAST_BREAK = 0.25;

const SCHEDSTAT = '/proc/thread-self/schedstat';
const line = Buffer.alloc(96);
/** Null where the system has none. */
let file: number | null | undefined;

interface Noted {
  took: number;
  readonly spans: [from: number, to: number][];
  readonly breaks: [from: number, to: number, waited: number][];
}

let noted: Noted | undefined;

/** Runs `work`. Undefined where `work` marks no pieces by `computing`. */
export function noteComputing(work: () => void): Computing | undefined {
  const own: Noted = { took: 0, spans: [], breaks: [] };
  noted = own;
  try {
    work();
  } finally {
    noted = undefined;
  }
  return own.took > 0 ? own : undefined;
}

/**
 * Begins to compute. Call what it returns after every piece of computing, a millisecond or less, with no wait in between:
 * a piece with a wait for a core in it is no part of a span.
 */
export function computing(): () => void {
  const own = noted;
  if (own === undefined) return () => {};
  let waited = waitedSoFar();
  let from = now();
  return () => {
    const to = now();
    const waitedNow = to - from < LEAST_BREAK ? waited : waitedSoFar();
    own.took += to - from - (waitedNow - waited);
    if (waitedNow === waited) {
      const last = own.spans.at(-1);
      if (last?.[1] === from) last[1] = to;
      else own.spans.push([from, to]);
    } else {
      own.breaks.push([from, to, waitedNow - waited]);
    }
    waited = waitedNow;
    from = to;
  };
}

/** ms in the queue for a core, as `waitingTime`, by a file that stays open for as long as this thread; 0 where there is none. */
function waitedSoFar(): number {
  if (file === null) return 0;
  try {
    file ??= openSync(SCHEDSTAT, 'r');
    return Number(line.toString('latin1', 0, readSync(file, line, 0, line.length, 0)).split(' ')[1]) / 1e6;
  } catch {
    file = null;
    return 0;
  }
}
