// How many requests a client has in flight, and how many connections it opens for them, as the server counts both.

import { atOnce, counted, counts, drawn, exactly, formatNumber } from '@cookbook/lab/claim';
import type { Finding } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import type { Dispatcher } from 'undici';
import { download } from '../../proof/server/index.ts';
import type { TestServer } from '../../proof/server/index.ts';
import { openHttp1, openHttp1WithoutKeepAlive, openHttp1WithoutLimit, openHttp2 } from '../recipe.ts';

export const REQUESTS = 64;
/** ms; where all are to be in flight, so long that the last one is sent before the first is answered. */
const SHORT = 5;
const LONG = 100;

interface ClientKind {
  readonly key: string;
  readonly name: string;
  /** How long the server waits with an answer, ms. */
  readonly delay: number;
  /** Connections that it is to open for all the requests, and the most requests that are to be in flight. */
  readonly expected: { readonly sockets: number; readonly inFlight: number };
  readonly open: (server: TestServer) => Dispatcher;
}

const CLIENTS: readonly ClientKind[] = [
  {
    key: 'one',
    name: 'HTTP/1.1, 1 connection',
    delay: SHORT,
    expected: { sockets: 1, inFlight: 1 },
    open: ({ origin }) => openHttp1(origin, 1),
  },
  {
    key: 'eight',
    name: 'HTTP/1.1, 8 connections',
    delay: SHORT,
    expected: { sockets: 8, inFlight: 8 },
    open: ({ origin }) => openHttp1(origin, 8),
  },
  {
    key: 'no-limit',
    name: 'HTTP/1.1, no limit',
    delay: LONG,
    expected: { sockets: REQUESTS, inFlight: REQUESTS },
    open: ({ origin }) => openHttp1WithoutLimit(origin),
  },
  {
    key: 'no-keep-alive',
    name: 'HTTP/1.1, 8 connections, no keep-alive',
    delay: SHORT,
    expected: { sockets: REQUESTS, inFlight: 8 },
    open: ({ origin }) => openHttp1WithoutKeepAlive(origin, 8),
  },
  {
    key: 'http2',
    name: 'HTTP/2, 1 connection',
    delay: LONG,
    expected: { sockets: 1, inFlight: REQUESTS },
    open: ({ http2Origin }) => openHttp2(http2Origin!, REQUESTS),
  },
];

export interface Seen extends ClientKind {
  readonly sockets: number;
  readonly mostInFlight: number;
}

/** What each kind of client does with as many requests as `REQUESTS`, all asked for at once. */
export async function countConnections(server: TestServer): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const kind of CLIENTS) {
    await server.reset({ delay: kind.delay });
    const client = kind.open(server);
    try {
      await Promise.all(Array.from({ length: REQUESTS }, (_, number) => download(client, number)));
      const { sockets, mostInFlight } = await server.counts();
      seen.push({ ...kind, sockets, mostInFlight });
    } finally {
      await client.destroy();
    }
  }
  return seen;
}

/** Both counts of each client, as expected of it. The figures are `KEY-sockets` and `KEY-in-flight`. */
export function clientFindings(clients: readonly Seen[], words: Readonly<Record<string, string>>): Finding[] {
  return clients.flatMap(({ key, name, sockets, mostInFlight, expected }) => [
    counts(
      words[`${key}-sockets`] ?? '',
      counted(
        `${key}-sockets`,
        `${name}: connections for ${REQUESTS} requests`,
        sockets,
        'connections',
        exactly(expected.sockets), // all requests are asked for in one turn: how busy the host is does not matter
      ),
    ),
    atOnce(
      words[`${key}-in-flight`] ?? '',
      `${key}-in-flight`,
      `${name}: most in flight at the server`,
      mostInFlight,
      expected.inFlight,
      'requests',
    ),
  ]);
}

export function drawClients(clients: readonly Seen[]): Finding {
  const rows = clients.map(({ name, sockets, mostInFlight }) => ({
    client: name,
    'most in flight': String(mostInFlight),
    'connections opened': String(sockets),
    'requests a connection': formatNumber(REQUESTS / sockets),
  }));
  const drawing = asNote(table(rows, Object.keys(rows[0]!).slice(1)).split('\n'));
  return drawn({
    notes: [
      `${REQUESTS} requests asked for at once, and what each client made of them, as the server counts it:`,
      drawing,
    ],
  });
}
