// What was seen of the broadcasts, as figures.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { CLIENTS, LARGE_BYTES, LARGE_MESSAGES, MESSAGES, MOST_BUFFERED, READERS } from './broadcasts.ts';
import type { Broadcasted } from './hub-and-clients.ts';
import type { BroadcastReport } from './hub-child.ts';

const MIB = 2 ** 20;
/** What a WebSocket frame adds to a message, at most. */
const FRAME_BYTES = 16;

/** Many clients that read. */
export function crowdFigures({ hub, readers }: Broadcasted): Record<'judged' | 'latencies', Figure[]> {
  const sent = CLIENTS * MESSAGES;
  return {
    judged: [
      counted('crowd-clients', 'clients on one thread', hub.clients, 'clients', { least: CLIENTS }),
      counted('crowd-delivered', 'messages delivered', readers.delivered, 'messages', exactly(sent)),
      counted('crowd-misplaced', 'messages lost, repeated or out of order', readers.misplaced, 'messages', exactly(0)),
    ],
    latencies: [
      counted('crowd-median', 'from a broadcast to a client, median', readers.median, 'ms'),
      counted('crowd-p99', 'from a broadcast to a client, p99', readers.p99, 'ms'),
      counted('crowd-cpu', 'CPU time of the hub for a message to a client', (1_000 * hub.cpu) / sent, 'us'),
    ],
  };
}

/** A client that does not read and is dropped, and the others. */
export function slowFigures({ hub, readers }: Broadcasted): Record<'judged' | 'memory', Figure[]> {
  const delivered = exactly(READERS * LARGE_MESSAGES);
  const buffered = { least: MOST_BUFFERED / MIB, most: (MOST_BUFFERED + LARGE_BYTES + FRAME_BYTES) / MIB };
  return {
    judged: [
      counted('slow-dropped', 'clients dropped, of one that does not read', hub.dropped, 'clients', exactly(1)),
      counted('slow-buffered', 'the most that waited for it', hub.mostBuffered / MIB, 'MiB', buffered),
      counted('others-delivered', 'the others: messages delivered', readers.delivered, 'messages', delivered),
      counted(
        'others-misplaced',
        'the others: lost, repeated or out of order',
        readers.misplaced,
        'messages',
        exactly(0),
      ),
      counted('others-closed', 'the others: connections closed', readers.closed, 'clients', exactly(0)),
    ],
    memory: [counted('slow-held', 'memory held by the hub, that client dropped', hub.held, 'MiB')],
  };
}

/** A client that does not read and is kept, since there is no limit. */
export function keptFigures(hub: BroadcastReport): Record<'judged' | 'memory', Figure[]> {
  const least = { least: (4 * MOST_BUFFERED) / MIB };
  return {
    judged: [
      counted(
        'kept-buffered',
        'without a limit: waits for the client that does not read',
        hub.mostBuffered / MIB,
        'MiB',
        least,
      ),
    ],
    memory: [counted('kept-held', 'without a limit: memory held by the hub', hub.held, 'MiB')],
  };
}
