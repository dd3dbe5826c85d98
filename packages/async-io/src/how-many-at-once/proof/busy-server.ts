// A server that can be overloaded: it works on 32 requests at once, lets 128 wait and refuses the others; those that wait slow
// it down.

import type { Behaviour } from '../../proof/server/index.ts';

/** What it works on at once: the knee that is to be found. */
export const WIDTH = 32;
export const QUEUE = 128;
/** ms */
export const DELAY = 20;

export const BUSY_SERVER: Partial<Behaviour> = {
  delay: DELAY,
  width: WIDTH,
  queue: QUEUE,
  overload: { width: WIDTH, slowdown: 1 },
};
