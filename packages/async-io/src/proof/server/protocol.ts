// The messages to the server's process, and its replies.

import type { Behaviour } from './behaviour.ts';
import type { ServerCounts } from './counts.ts';

interface Settings {
  readonly behaviour: Behaviour;
  /** Whether it speaks HTTP/2 too, in plain text on a port of its own. */
  readonly http2: boolean;
}

interface Ports {
  readonly http1: number;
  readonly http2: number | undefined;
}

/** Every order with what it is given and what it replies. */
export interface Orders {
  readonly open: { given: Settings; reply: Ports };
  readonly counts: { given: undefined; reply: ServerCounts };
  readonly reset: { given: Behaviour; reply: undefined };
  readonly stop: { given: undefined; reply: undefined };
  readonly start: { given: undefined; reply: undefined };
}

export interface Order {
  readonly id: number;
  readonly what: keyof Orders;
  readonly given: unknown;
}

export type Reply = { readonly id: number; readonly reply: unknown } | { readonly id: number; readonly error: string };
