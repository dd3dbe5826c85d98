import { allHold, counted, defineClaim, formatNumber, judgeBounds, judgeIntervals } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import type { BroadcastReport } from './proof/hub-child.ts';
import { openFilesLimit } from './proof/open-files.ts';
import { openParty } from './proof/hub-and-clients.ts';
import type { Party, PartyOptions } from './proof/hub-and-clients.ts';

const CLIENTS = 1_000;
const MESSAGES = 100;
const BYTES = 128;
/** Beyond a socket for each client: what Node.js itself has open, with room to spare. */
const OTHER_FILES = 100;

const READERS = 8;
const LARGE_BYTES = 64 * 1_024;
const LARGE_MESSAGES = 200;
const MOST_BUFFERED = 2 ** 20;
const FRAME_BYTES = 16;

interface WebsocketEvidence extends Evidence {
  readonly counts: readonly Figure[];
  readonly pace: Figure;
}

export default defineClaim<WebsocketEvidence>({
  id: 'async-io/websocket',
  says: 'Web sockets with many clients are a use of threads.',
  from: ['MM'],
  answer: `One thread sends ${MESSAGES} messages to ${formatNumber(CLIENTS)} clients, all arrive in order; a client that does not read is dropped once 1 MiB waits for it, and the others lose nothing.`,
  needs: [
    () => {
      const limit = openFilesLimit();
      const needed = CLIENTS + OTHER_FILES;
      return limit < needed
        ? `this process may open ${limit} files, ${needed} are needed: raise it with ulimit -n`
        : undefined;
    },
  ],

  async measure(context: Context) {
    const { signal } = context;
    const crowd = await withParty({ readers: CLIENTS, mostBuffered: MOST_BUFFERED, signal }, async (party) => {
      await party.broadcast(10, BYTES); // compiles the code on both sides
      return party.broadcast(MESSAGES, BYTES);
    });
    const bounded = await withParty({ readers: READERS, sleepers: 1, mostBuffered: MOST_BUFFERED, signal }, (party) =>
      party.broadcast(LARGE_MESSAGES, LARGE_BYTES),
    );
    const { pace, unbounded } = await compareUnbounded(context);

    const counts = [
      counted('clients on one thread', crowd.hub.clients, 'clients', { least: CLIENTS }),
      counted('messages delivered', crowd.readers.delivered, 'messages', exactly(CLIENTS * MESSAGES)),
      counted('messages lost, repeated or out of order', crowd.readers.misplaced, 'messages', exactly(0)),
      counted('with a client that does not read: clients dropped', bounded.hub.dropped, 'clients', exactly(1)),
      counted('the most that waited for it', bounded.hub.mostBuffered / 2 ** 20, 'MiB', {
        most: (MOST_BUFFERED + LARGE_BYTES + FRAME_BYTES) / 2 ** 20,
      }),
      counted(
        'the others: messages delivered',
        bounded.readers.delivered,
        'messages',
        exactly(READERS * LARGE_MESSAGES),
      ),
      counted('the others: lost, repeated or out of order', bounded.readers.misplaced, 'messages', exactly(0)),
      counted('the others: connections closed', bounded.readers.closed, 'clients', exactly(0)),
      counted('where nobody looks: waits for the client that does not read', unbounded.mostBuffered / 2 ** 20, 'MiB', {
        least: (4 * MOST_BUFFERED) / 2 ** 20,
      }),
    ];
    return {
      counts,
      pace,
      headline: `${formatNumber(crowd.readers.delivered)} messages to ${formatNumber(CLIENTS)} clients in order, p99 ${formatNumber(crowd.readers.p99)} ms; a client that does not read: ${formatNumber(counts[4]!.median)} MiB wait for it, ${formatNumber(counts[8]!.median)} MiB where nobody looks`,
      figures: [
        ...counts,
        pace,
        counted('from a broadcast to a client, median', crowd.readers.median, 'ms'),
        counted('from a broadcast to a client, p99', crowd.readers.p99, 'ms'),
        counted('CPU time of the hub for a message to a client', (1_000 * crowd.hub.cpu) / (CLIENTS * MESSAGES), 'us'),
        counted('memory held by the hub, the slow client dropped', bounded.hub.held, 'MiB'),
        counted('memory held by the hub where nobody looks', unbounded.held, 'MiB'),
      ],
      notes: [
        'A message goes out when every client has the one before. Hub and clients are two processes; one broadcast takes as long as both need for all clients.',
        `The slow client: ${LARGE_MESSAGES} messages of ${LARGE_BYTES / 1_024} KiB, of which the buffers of the system hold the first few MiB and \`bufferedAmount\` counts the rest.`,
      ],
    };
  },

  judge: ({ counts, pace }) => allHold([judgeBounds({ figures: counts }), judgeIntervals([pace])]),
});

/** Broadcasts beside a client that never reads and is kept, against those without one. */
async function compareUnbounded(context: Context): Promise<{ pace: Figure; unbounded: BroadcastReport }> {
  const guests = { readers: READERS, mostBuffered: Infinity, signal: context.signal };
  return withParty(guests, (calm) =>
    withParty({ ...guests, sleepers: 1 }, async (crowded) => {
      let unbounded!: BroadcastReport;
      const beside = async (): Promise<number> => {
        unbounded = await broadcastLarge(crowded);
        return unbounded.wall;
      };
      const options = { context, pairs: [6, 12] as const, precision: 0.2 };
      const pairs = await comparePairs(beside, async () => (await broadcastLarge(calm)).wall, options);
      const pace = ratioFigure('time of a broadcast: beside a client that does not read / without', pairs, {
        most: 2,
      });
      return { pace, unbounded };
    }),
  );
}

async function broadcastLarge(party: Party): Promise<BroadcastReport> {
  return (await party.broadcast(LARGE_MESSAGES / 4, LARGE_BYTES)).hub;
}

async function withParty<T>(options: PartyOptions, work: (party: Party) => Promise<T>): Promise<T> {
  const party = await openParty(options);
  try {
    return await work(party);
  } finally {
    await party.close();
  }
}

function exactly(count: number) {
  return { least: count, most: count };
}
