// What operations leave on a signal that never aborts, as figures.

import { fork } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { counted, exactly, sampled } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { Pool } from 'undici';
import { getDocument } from '../../proof/get-document.ts';
import { nextMessage } from '../../proof/next-message.ts';
import { openServer } from '../../proof/server/index.ts';
import type { Left, Order, Way } from './operations-child.ts';

const MANY = 100_000;
/** Each listener that stays makes the next one slower to add: 100,000 of them take a minute. */
const FEW = 10_000;
const AT_ONCE = 200;
/** ms for the last of them to take its listener off. */
const MOST_MS = 1_000;

export interface Leaks {
  readonly removing: Figure[];
  readonly own: Figure[];
  readonly leaking: Figure[];
  readonly any: Figure[];
  /** Of undici, fetch and timers, which take their listeners off by themselves. */
  readonly tidy: Figure[];
  readonly slower: Figure;
}

/** Runs the operations of each way in a process of their own, and requests in this one. */
export async function measureLeaks(signal: AbortSignal): Promise<Leaks> {
  const removing = await run('removing', MANY, signal);
  const own = await run('own', MANY, signal);
  const leaking = await run('leaking', FEW, signal);
  const any = await run('any', FEW, signal);
  const ratios = await ask<number[]>({ listeners: FEW }, signal);
  return {
    removing: nothing('removing', 'listener taken off', removing),
    own: nothing('own', 'signal of its own', own),
    leaking: [
      counted('leaking-listeners', 'listener left: listeners left', leaking.listeners, 'listeners', exactly(FEW)),
      counted('leaking-heap', 'listener left: heap that stays', leaking.heap, 'MiB', { least: 1 }),
      counted('leaking-right', 'listener left: right results', leaking.right, 'results', exactly(FEW)),
      counted('warnings', 'listener left: warnings', leaking.warnings, 'warnings', exactly(0)),
    ],
    any: [
      counted('any-listeners', 'AbortSignal.any: listeners left on the signal itself', any.listeners, 'listeners'),
      counted('any-heap', 'AbortSignal.any: heap that stays', any.heap, 'MiB', { least: 5 }),
    ],
    tidy: await runTidy(signal),
    slower: sampled('slower', 'time to add a listener, to 10,000 / to none', ratios, 'x', { least: 5 }),
  };
}

/** No listener is left, and no heap. */
function nothing(key: Way, name: string, { listeners, heap, right }: Left): Figure[] {
  return [
    counted(`${key}-right`, `${name}: right results`, right, 'results', exactly(MANY)),
    counted(`${key}-listeners`, `${name}: listeners left`, listeners, 'listeners', exactly(0)),
    counted(`${key}-heap`, `${name}: heap that stays`, heap, 'MiB', { most: 1 }),
  ];
}

/** Runs so many operations in a fresh process. */
export function run(way: Way, count: number, signal?: AbortSignal): Promise<Left> {
  return ask<Left>({ way, count }, signal);
}

async function ask<Answer>(order: Order, signal?: AbortSignal): Promise<Answer> {
  signal?.throwIfAborted();
  const child = fork(new URL('./operations-child.ts', import.meta.url), {
    execArgv: ['--expose-gc'],
    ...(signal && { signal }),
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
  });
  const gone = once(child, 'exit');
  gone.catch(() => {});
  try {
    const answer = nextMessage<Answer>(child);
    child.send(order);
    return await answer;
  } finally {
    child.kill('SIGKILL');
    await gone.catch(() => {});
  }
}

/** What requests to a real server, and timers, leave on the signal that all of them are given. */
async function runTidy(signal: AbortSignal): Promise<Figure[]> {
  await using server = await openServer({}, signal);
  const client = new Pool(server.origin, { connections: 10 });
  try {
    return [
      await left('undici', 'request of undici', (n, whole) => getDocument(client, n, whole)),
      await left('fetch', 'fetch', async (n, whole) =>
        (await fetch(`${server.origin}/document/${n}`, { signal: whole })).bytes(),
      ),
      await left('timers', 'setTimeout of node:timers/promises', (n, whole) => sleep(n % 5, n, { signal: whole })),
    ];
  } finally {
    await client.destroy();
  }
}

/** How many listeners are left of work that is begun many times at once under one signal. */
async function left(
  key: string,
  name: string,
  work: (n: number, whole: AbortSignal) => Promise<unknown>,
): Promise<Figure> {
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => work(n, signal)));
  return counted(key, `${name}: listeners left`, await listenersOf(signal), 'listeners', exactly(0));
}

/** The listener of a request is taken off a moment after its body has ended. */
async function listenersOf(signal: AbortSignal): Promise<number> {
  const count = (): number => getEventListeners(signal, 'abort').length;
  for (const end = performance.now() + MOST_MS; count() > 0 && performance.now() < end;) await sleep(1);
  return count();
}
