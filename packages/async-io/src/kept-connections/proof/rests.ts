// Clients that rest between their requests for about as long as the server keeps their connections.

import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { counted, exactly, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Figure, Finding } from '@cookbook/lab/claim';
import { measureEventLoopDelay } from '@cookbook/lab/host';
import type { Dispatcher } from 'undici';
import { nextMessage } from '../../proof/next-message.ts';
import { openPlain, openRepeating, openShort } from '../recipe.ts';
import type { Origins } from './server-child.ts';

/** How long the brief server keeps a connection, and undici without an option, ms. */
const KEEP_MS = 50;
const UNDICI_KEEPS_MS = 4_000;
/** ms of rest before each request of a client, in turn: around the moment at which the server closes. */
const RESTS = [46, 48, 49, 50, 51, 52, 54, 56] as const;
const CLIENTS = 125;
export const REQUESTS = CLIENTS * RESTS.length;
/** Runs of the plain client, at most, until one of its requests has failed. */
const MOST_RUNS = 4;

type Method = 'GET' | 'POST';

export interface Seen {
  readonly answered: number;
  /** Codes of the failures, with how many there were, and how many there were after each rest. */
  readonly codes: ReadonlyMap<string, number>;
  readonly byRest: ReadonlyMap<number, number>;
  /** The longest that the event loop of the clients stood still, ms. */
  readonly stall: number;
}

/** Runs the two servers while `work` runs. */
export async function withServers<T>(signal: AbortSignal, work: (origins: Origins) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const child = fork(new URL('./server-child.ts', import.meta.url), [KEEP_MS, UNDICI_KEEPS_MS].map(String), {
    execArgv: [],
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const end = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', end);
  try {
    return await work(await nextMessage<Origins>(child));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    end();
    await gone;
  }
}

/** As many requests as `REQUESTS`, each over a connection that has rested; each client has one connection. */
export async function askAfterRests(
  open: () => Dispatcher,
  origin: string,
  signal: AbortSignal,
  method: Method = 'GET',
): Promise<Seen> {
  let answered = 0;
  const [codes, byRest] = [new Map<string, number>(), new Map<number, number>(RESTS.map((rest) => [rest, 0]))];
  const ask = async (client: Dispatcher): Promise<void> => {
    const body = method === 'POST' ? { body: 'once' } : {};
    const { body: answer } = await client.request({ origin, path: '/', method, ...body });
    await answer.dump();
  };
  const runClient = async (_: unknown, number: number): Promise<void> => {
    const client = open();
    try {
      await ask(client); // opens its connection
      for (const at of RESTS.keys()) {
        const rest = RESTS[(number + at) % RESTS.length]!;
        await sleep(rest, undefined, { signal });
        try {
          await ask(client);
          answered++;
        } catch (error) {
          add(codes, (error as NodeJS.ErrnoException).code ?? String(error));
          add(byRest, rest);
          await ask(client).catch(() => {}); // opens another; where that fails too, the next one counts it
        }
      }
    } finally {
      await client.destroy();
    }
  };
  const { max } = await measureEventLoopDelay(() => Promise.all(Array.from({ length: CLIENTS }, runClient)));
  return { answered, codes, byRest, stall: max };
}

/** What each way of keeping connections comes to. */
export async function askAllWays({ signal, screen, budget }: Context) {
  const deadline = performance.now() + budget / 2;
  const watch = async (name: string, open: () => Dispatcher, origin: string, method?: Method): Promise<Seen> => {
    screen.draw(`… kept-connections: ${REQUESTS} requests after a rest, ${name}`);
    return await askAfterRests(open, origin, signal, method);
  };
  return await withServers(signal, async ({ brief, long }) => {
    const untilOneFails = async (name: string, open: () => Dispatcher, method: Method): Promise<Seen> => {
      for (let run = 1; ; run++) {
        const seen = await watch(name, open, brief, method);
        if (seen.answered < REQUESTS || run === MOST_RUNS || performance.now() > deadline) return seen;
      }
    };
    return {
      plain: await untilOneFails('plain', () => openPlain(1), 'GET'),
      posts: await untilOneFails('POST, repeated where idempotent', () => openRepeating(1), 'POST'),
      repeated: await watch('repeated', () => openRepeating(1), brief),
      short: await watch('with a shorter rest', () => openShort(1, KEEP_MS), brief),
      longer: await watch('with a server that keeps them longer', () => openPlain(1), long),
    };
  });
}

/** Some are to fail, by a broken connection alone: where none did, this run shows nothing. */
export function someFail(words: string, key: string, name: string, { answered, codes }: Seen): Finding {
  const failed = counted(`${key}-failed`, `${name}: failed`, REQUESTS - answered, 'requests', { least: 1 });
  const others = [...codes].filter(([code]) => code !== 'ECONNRESET' && code !== 'UND_ERR_SOCKET' && code !== 'EPIPE');
  const figures = [
    failed,
    counted(`${key}-others`, `${name}: failed otherwise`, sumOf(others), 'requests', { most: 0 }),
  ];
  const none = `${name}: none of ${REQUESTS} requests failed in this run`;
  if (others.length > 0)
    return { figures, judgement: { verdict: 'refuted', counted: true, reason: `${name}: ${others.join(' ')}` }, words };
  return {
    figures,
    judgement: answered < REQUESTS ? { verdict: 'holds' } : { verdict: 'inconclusive', reason: none },
    words,
  };
}

/** All are to be answered. */
export function noneFails(key: string, name: string, { answered, codes }: Seen): Figure[] {
  return [
    counted(`${key}-answered`, `${name}: answered`, answered, 'requests', exactly(REQUESTS)),
    counted(`${key}-failed`, `${name}: failed`, sumOf(codes), 'requests', { most: 0 }),
  ];
}

/**
 * All are to be answered, but for a client whose event loop stood still for a good part of the difference between both rests:
 * its timer, which is to close the connection, is late then, and nothing is shown.
 */
export function noneFailsInTime(words: string, key: string, name: string, seen: Seen): Finding {
  const figures = noneFails(key, name, seen);
  const judgement = judgeBounds(figures);
  const stood = `the event loop of its clients stood still for ${Math.round(seen.stall)} ms`;
  const isLate = judgement.verdict === 'refuted' && seen.stall > KEEP_MS / 4;
  return {
    figures,
    judgement: isLate ? { verdict: 'inconclusive', reason: `${judgement.reason}; ${stood}` } : judgement,
    words,
  };
}

/** How many failed after each rest, in a line. */
export function describeRests({ byRest, codes }: Seen): string {
  const shares = [...byRest].map(([rest, failed]) => `${rest} ms ${failed}`).join(', ');
  const kinds = [...codes].map(([code, count]) => `${count} ${code}`).join(', ') || 'none';
  return `Failed of ${CLIENTS} after each rest, for a server that keeps connections for ${KEEP_MS} ms: ${shares} (${kinds}).`;
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sumOf(counts: Iterable<readonly [unknown, number]>): number {
  return [...counts].reduce((sum, [, count]) => sum + count, 0);
}
