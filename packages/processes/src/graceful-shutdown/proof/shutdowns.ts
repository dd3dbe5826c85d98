// Servers that are asked to end under load, in three ways, and one whose connections all rest.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { isAlive } from '@cookbook/lab/host';
import { within } from '@cookbook/lab/race';
import { Client } from 'undici';
import { runLoad } from './load.ts';
import type { Load } from './load.ts';
import { openServer } from './server.ts';
import type { End, Server } from './server.ts';

const REQUESTS = { exit: 500, close: 500, graceful: 2_000 } as const;
type Way = keyof typeof REQUESTS;

/** ms; the load asks for the health every 20. Together they are the limit. */
const TIMES = { notice: 300, finish: 2_700, cleanUp: 1_000 } as const;
const LIMIT_MS = 4_000;
const RESTING = 10;
/** Sent one after another on a connection that was busy when its server was asked to end. */
const MORE = 100;
/** For what is expected to end, ms: less than a connection may rest. */
const PATIENCE_MS = 10_000;

type Shutdown = Load & { readonly end: End };

export interface Shutdowns {
  readonly exit: readonly Figure[];
  readonly close: readonly Figure[];
  readonly busy: readonly Figure[];
  readonly resting: readonly Figure[];
  readonly graceful: readonly Figure[];
  readonly time: Figure;
}

export async function runShutdowns({ screen, signal }: Pick<Context, 'screen' | 'signal'>): Promise<Shutdowns> {
  await using stack = new AsyncDisposableStack();
  const open = async (way: Way): Promise<Server> => stack.use(await openServer({ way, ...TIMES }));
  const ways = ['exit', 'close', 'close', 'exit', 'close', 'graceful'] as const;
  const [staying, idle, busy, ...leaving] = await Promise.all(ways.map(open));
  const rested = await endWhileAllRest(idle!);
  const kept = await goOnAsking(busy!);
  const seen: Shutdown[] = [];
  for (const [at, way] of (['exit', 'close', 'graceful'] as const).entries()) {
    screen.draw(`… graceful-shutdown: a server under load ends by ${way}`);
    const server = leaving[at]!;
    const load = await runLoad({ requests: REQUESTS[way], leaving: server, staying: staying!, signal });
    seen.push({ ...load, end: await within(server.ended, PATIENCE_MS, `a server that ends by ${way}`) });
  }
  const [exit, close, graceful] = seen as [Shutdown, Shutdown, Shutdown];
  const inTime = Number(graceful.end.ms <= LIMIT_MS);
  return {
    exit: [lost('exit', 'process.exit', exit, { least: 1 })],
    close: [lost('close', 'server.close', close)],
    busy: [
      counted(
        'kept-answered',
        'server.close, a client that goes on: answered',
        kept.answered,
        'requests',
        exactly(MORE),
      ),
      counted(
        'kept-left',
        'server.close, a client that goes on: still there',
        Number(kept.isLeft),
        'servers',
        exactly(1),
      ),
    ],
    resting: [
      counted(
        'rested',
        `server.close, ${RESTING} connections at rest: servers that ended`,
        rested,
        'servers',
        exactly(1),
      ),
    ],
    graceful: [
      lost('graceful', 'the recipe', graceful, { most: 0 }),
      counted('answered', 'the recipe: requests answered', graceful.answered, 'requests', exactly(REQUESTS.graceful)),
      counted(
        'code',
        'the recipe: exit code',
        typeof graceful.end.how === 'number' ? graceful.end.how : -1,
        '',
        exactly(0),
      ),
      counted('in-time', `the recipe: servers gone within ${LIMIT_MS / 1_000} s`, inTime, 'servers', exactly(1)),
    ],
    time: counted(
      'time',
      `the recipe: from SIGTERM until gone, ${TIMES.notice} ms of notice included`,
      Math.round(graceful.end.ms),
      'ms',
    ),
  };
}

function lost(key: string, name: string, load: Load, bound?: Figure['bound']): Figure {
  return counted(
    `${key}-lost`,
    `${name}: requests lost of ${load.answered + load.lost.length}`,
    load.lost.length,
    'requests',
    bound,
  );
}

/** A request is under way when the server is asked to end, and others follow it on its connection. */
async function goOnAsking(server: Server): Promise<{ answered: number; isLeft: boolean }> {
  const client = new Client(`http://127.0.0.1:${server.port}`);
  try {
    const { body } = await client.request({ method: 'GET', path: '/streamed?ms=100' });
    server.ask();
    await body.dump();
    let answered = 0;
    for (let asked = 0; asked < MORE; asked++) {
      const { statusCode, body: more } = await client.request({ method: 'GET', path: '/?ms=1' });
      await more.dump();
      if (statusCode === 200) answered++;
    }
    return { answered, isLeft: isAlive(server.child.pid!) };
  } catch {
    return { answered: 0, isLeft: isAlive(server.child.pid!) };
  } finally {
    await client.destroy();
  }
}

/** How many servers ended, one at most, where every connection had been answered and asked no more. */
async function endWhileAllRest(server: Server): Promise<number> {
  const clients = Array.from({ length: RESTING }, () => new Client(`http://127.0.0.1:${server.port}`));
  try {
    await Promise.all(
      clients.map(async (client) => (await client.request({ method: 'GET', path: '/?ms=1' })).body.dump()),
    );
    server.ask();
    const { how } = await within(server.ended, PATIENCE_MS, 'a server whose connections rest');
    return Number(how === 0);
  } catch {
    return 0;
  } finally {
    await Promise.all(clients.map((client) => client.destroy()));
  }
}
