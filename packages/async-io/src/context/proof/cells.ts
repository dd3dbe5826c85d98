// Many requests at once, each of which goes through something and then looks which request it is.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import pLimit from 'p-limit';
import { currentRequest, hear, hearBound, inRequest, post, Queue } from '../recipe.ts';

export const REQUESTS = 20;

/** What a request sees after it went through something: itself, another, or none. */
export type Sight = 'own' | 'other' | 'none';
type Way = () => Promise<number | undefined>;
type Resources = Awaited<ReturnType<typeof openResources>>;

/** Ways that keep the context, and ways that do not, by name. */
const WAYS = {
  'an await': () => async () => {
    await sleep(1);
    return idNow();
  },
  'a timer': () => () => new Promise((resolve) => setTimeout(() => resolve(idNow()), 1)),
  'Promise.all': () => async () => {
    const seen = await Promise.all([1, 2, 3].map(() => sleep(1).then(idNow)));
    return seen.every((id) => id === seen[0]) ? seen[0] : undefined;
  },
  'a limit of p-limit':
    ({ limit }) =>
    () =>
      limit(async () => (await sleep(1), idNow())),
  'a queue of functions':
    ({ queue }) =>
    () =>
      new Promise((resolve) => queue.add(() => resolve(idNow()))),
  'the queue, bound':
    ({ queue }) =>
    () =>
      new Promise((resolve) => queue.addBound(() => resolve(idNow()))),
  'a listener on a shared connection':
    ({ socket, lock }) =>
    () =>
      lock(() => heard(socket, hear)),
  'the listener, bound':
    ({ socket, lock }) =>
    () =>
      lock(() => heard(socket, hearBound)),
  'a message to a worker':
    ({ worker, lock }) =>
    () =>
      lock(() => asked(worker, () => worker.postMessage('plain'))),
  'a message posted with its request':
    ({ worker, lock }) =>
    () =>
      lock(() => asked(worker, () => post(worker, 'posted'))),
} satisfies Record<string, (resources: Resources) => Way>;

export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as WayName[];

function idNow(): number | undefined {
  return currentRequest()?.id;
}

/** One line is sent and comes back. */
function heard(socket: Socket, listenBy: typeof hear): Promise<number | undefined> {
  return new Promise((resolve) => {
    listenBy(socket, 'data', () => resolve(idNow()));
    socket.write('line\n');
  });
}

/** The worker's answer: which request it saw. */
async function asked(worker: Worker, send: () => void): Promise<number | undefined> {
  const answer = once(worker, 'message');
  send();
  const [id] = (await answer) as [number | 'none'];
  return id === 'none' ? undefined : id;
}

/** A connection that another request has opened, a worker, a queue and limits, all of them shared. */
async function openResources() {
  const server = createServer((peer) => peer.pipe(peer).on('error', () => {}));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const opener = { id: -1 };
  const socket = inRequest(opener, () => connect(port, '127.0.0.1'));
  const worker = new Worker(new URL('./context-worker.ts', import.meta.url), { execArgv: [] });
  await Promise.all([once(socket, 'connect'), once(worker, 'online')]);
  return {
    limit: pLimit(2),
    queue: new Queue(),
    socket,
    worker,
    lock: pLimit(1), // one line, or one message, on its way at a time
    async close(): Promise<void> {
      socket.destroy();
      server.close();
      await worker.terminate();
    },
  };
}

/** How many of the requests see what, each way. */
export async function seeContexts(signal: AbortSignal): Promise<Map<WayName, Record<Sight, number>>> {
  const resources = await openResources();
  const seen = new Map<WayName, Record<Sight, number>>();
  try {
    for (const name of WAY_NAMES) {
      signal.throwIfAborted();
      const way = WAYS[name](resources);
      const ids = Array.from({ length: REQUESTS }, (_, id) => id);
      const sights = await Promise.all(ids.map((id) => inRequest({ id }, async () => sightOf(id, await way()))));
      const count = (sight: Sight): number => sights.filter((one) => one === sight).length;
      seen.set(name, { own: count('own'), other: count('other'), none: count('none') });
    }
  } finally {
    await resources.close();
  }
  return seen;
}

function sightOf(id: number, seen: number | undefined): Sight {
  if (seen === id) return 'own';
  return seen === undefined ? 'none' : 'other';
}

/** How many requests see what of one way, which all of them are to see. */
export function cell(key: string, name: WayName, sight: Sight, seen: Map<WayName, Record<Sight, number>>): Figure {
  const words = { own: 'see their own', other: "see another's", none: 'see none' };
  return counted(
    key,
    `through ${name}: requests that ${words[sight]}`,
    seen.get(name)![sight],
    'requests',
    exactly(REQUESTS),
  );
}
