// A clock that the event loop moves on, as it does a user interface: it stands still while the loop does.

import { sparkline } from '@cookbook/lab/show';

const TICK_MS = 25;

export interface Clock {
  /** Ticks so far. */
  readonly ticks: number;
  stop(): void;
}

/** Starts a clock; `show` is called with its picture at every tick. */
export function startClock(show: (picture: string) => void): Clock {
  const started = performance.now();
  const gaps: number[] = [];
  let previous = started;
  const timer = setInterval(() => {
    const now = performance.now();
    gaps.push(now - previous);
    previous = now;
    show(drawClock(now - started, gaps));
  }, TICK_MS);
  return {
    get ticks() {
      return gaps.length;
    },
    stop: () => clearInterval(timer),
  };
}

const FACE = '◴◷◶◵';

/** '◷  0.52 s  ▂▂█▂  longest time between two ticks 301 ms': a full bar is 200 ms without a tick. */
export function drawClock(elapsed: number, gaps: readonly number[]): string {
  const face = FACE[gaps.length % FACE.length];
  const longest = Math.max(0, ...gaps).toFixed(0);
  const bars = sparkline(gaps.slice(-40).map((gap) => gap / 200));
  return `${face}  ${(elapsed / 1_000).toFixed(2)} s  ${bars}  longest time between two ticks ${longest} ms`;
}
