// One after another against many in flight, in rounds that take turns: what disturbs the machine disturbs all of a round.

import type { Context } from '@cookbook/lab/claim';
import { waitingTime } from '@cookbook/lab/task';
import { Pool } from 'undici';
import type { Dispatcher } from 'undici';
import { openHttp2 } from '../../http-connections/recipe.ts';
import { checkDocument } from '../../proof/server/index.ts';
import type { TestServer } from '../../proof/server/index.ts';
import { allAtOnce, get, inSequence, limited } from '../recipe.ts';

/** Counts the requests that are asked for and not answered. */
interface Asked {
  now: number;
  most: number;
}

type Get = (asked: Asked) => (number: number) => Promise<Buffer>;

/** A way to ask for many documents, and how many it has in flight. */
export interface Way {
  readonly key: string;
  readonly name: string;
  readonly inFlight: number;
  readonly requests: number;
  readonly run: (numbers: readonly number[], asked: Asked) => Promise<Buffer[]>;
}

interface Trial {
  /** ms for all requests. */
  readonly wall: number;
  /** CPU time of this process, ms. */
  readonly cpu: number;
  /** The most that were asked for at once, whether a connection was free for them or not. */
  readonly mostAsked: number;
  /** The most in flight at once, and the connections opened for them, as the server saw it. */
  readonly mostInFlight: number;
  readonly sockets: number;
  /** Time for which this thread or the server's had no core, ms; undefined where the system does not say. */
  readonly waited: number | undefined;
}

export interface Measured extends Way {
  readonly trials: readonly Trial[];
}

export interface Ways {
  /** The first is the sequence. */
  readonly ways: readonly Way[];
  readonly close: () => Promise<void>;
}

const SEQUENCE = 8;
/** Times that each connection is used: enough for the start and the end of the run not to count. */
const TURNS = 6;

/** The sequence, each width over a pool of its own of as many connections, HTTP/2 over one connection, and all at once. */
export function openWays(server: TestServer, widths: readonly number[]): Ways {
  const most = Math.max(...widths);
  const clients: Dispatcher[] = [];
  const over = (client: Dispatcher): Get => {
    clients.push(client);
    return (asked) => async (number) => {
      asked.most = Math.max(asked.most, ++asked.now);
      const body = await get(client, `/document/${number}`);
      asked.now--;
      checkDocument(number, body);
      return body;
    };
  };
  const pool = (connections: number): Get => over(new Pool(server.origin, { connections }));
  const one = pool(1);
  const http2 = over(openHttp2(server.http2Origin!, most));
  const every = pool(TURNS * most);
  const ways: Way[] = [
    {
      key: 'in-sequence',
      name: 'in sequence',
      inFlight: 1,
      requests: SEQUENCE,
      run: (numbers, asked) => inSequence(numbers, one(asked)),
    },
    ...widths.map((width) => {
      const from = pool(width);
      const run: Way['run'] = (numbers, asked) => limited(numbers, from(asked), width);
      return { key: `in-flight-${width}`, name: `${width} in flight`, inFlight: width, requests: TURNS * width, run };
    }),
    {
      key: 'http2',
      name: `${most} in flight, HTTP/2`,
      inFlight: most,
      requests: TURNS * most,
      run: (numbers, asked) => limited(numbers, http2(asked), most),
    },
    {
      key: 'all-at-once',
      name: 'all at once',
      inFlight: TURNS * most,
      requests: TURNS * most,
      run: (numbers, asked) => allAtOnce(numbers, every(asked)),
    },
  ];
  return {
    ways,
    close: async () => void (await Promise.all(clients.map((client) => client.destroy()))),
  };
}

/**
 * Runs every way once a round, after a round that is not counted, until `enough` says so or the rounds are used up.
 *
 * @param rounds at least, at most
 */
export async function measureWays(
  server: TestServer,
  ways: readonly Way[],
  { signal, budget }: Pick<Context, 'signal' | 'budget'>,
  [least, most]: readonly [number, number],
  enough: (measured: readonly Measured[]) => boolean,
): Promise<Measured[]> {
  const deadline = performance.now() + budget;
  const measured = ways.map((way) => ({ ...way, trials: [] as Trial[] }));
  for (const way of ways) await runOnce(server, way);
  for (let round = 1; round <= most; round++) {
    for (const way of measured) {
      signal.throwIfAborted();
      way.trials.push(await runOnce(server, way));
    }
    if (round >= least && (enough(measured) || performance.now() > deadline)) break;
  }
  return measured;
}

async function runOnce(server: TestServer, { requests, run }: Way): Promise<Trial> {
  await server.reset();
  const numbers = Array.from({ length: requests }, (_, number) => number);
  const waitedAtStart = waitingTime();
  const cpuAtStart = process.cpuUsage();
  const start = performance.now();
  const asked: Asked = { now: 0, most: 0 };
  await run(numbers, asked);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuAtStart);
  const waited = difference(waitingTime(), waitedAtStart);
  const { mostInFlight, sockets, answered, waited: serverWaited } = await server.counts();
  if (answered !== requests) throw new Error(`Expected ${requests} requests to be answered, got ${answered}`);
  const cpu = (user + system) / 1_000;
  return { wall, cpu, mostAsked: asked.most, mostInFlight, sockets, waited: sum(waited, serverWaited) };
}

function difference(to: number | undefined, from: number | undefined): number | undefined {
  return to === undefined || from === undefined ? undefined : to - from;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
