// The server that is asked too much: it works on 32 at once, lets 128 wait, refuses the others, and all that wait slow it.

import type { Behaviour } from '../proof/server/index.ts';

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
