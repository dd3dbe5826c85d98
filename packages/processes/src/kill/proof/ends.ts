// Loops that are ended in each way, and what each of them took.

import { fork } from 'node:child_process';
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { counted, exactly, sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { withinLimit } from '../../proof/within-limit.ts';
import { askThenKill, ended, forkLimited, kill } from '../recipe.ts';
import type { Role } from './loop-child.ts';

const ROUNDS = 5;
/** From the signal until the process is gone, ms; some 2 ms on a free machine. */
const MOST_MS = 200;
const GRACE_MS = 50;
/** ms for a process to start and to end, or for all that handle a signal: one that nothing ends is not awaited for ever. */
const LONGEST_MS = 20_000;
const LIMIT_MS = 150;
const CHILD = new URL('./loop-child.ts', import.meta.url);
const STDIO: ForkOptions = { stdio: ['pipe', 'ignore', 'ignore', 'ipc'] };

interface End {
  /** The signal that ended it. */
  readonly how: string;
  /** From the moment that it was to end, ms. */
  readonly ms: number;
}

/** Starts a process in a role; resolves once it has begun. */
export async function start(role: Role, options: ForkOptions = {}): Promise<ChildProcess> {
  return begun(fork(CHILD, [role], { execArgv: [], ...STDIO, ...options }));
}

/** Starts a process in a role that a signal or a timeout kills. */
export function startLimited(role: Role, limits: Pick<ForkOptions, 'signal' | 'timeout'>): ChildProcess {
  return forkLimited(CHILD, [role], { ...STDIO, ...limits });
}

/** Resolves with the process once it has sent its first message. */
async function begun(child: ChildProcess): Promise<ChildProcess> {
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code, signal) => reject(new Error(`Expected a process to start, it ended: ${signal ?? code}`)));
  });
  return child;
}

/** What ends a loop that handles nothing. */
const WAYS = {
  sigterm: async () => {
    const child = await start('loop');
    return timedEnd(() => {
      child.kill('SIGTERM');
      return ended(child);
    });
  },
  sigkill: async () => {
    const child = await start('loop');
    return timedEnd(() => kill(child));
  },
  abort: async () => {
    const stop = new AbortController();
    const child = await begun(startLimited('loop', { signal: stop.signal }));
    return timedEnd(() => {
      stop.abort();
      return ended(child);
    });
  },
  timeout: async () => {
    const child = startLimited('loop', { timeout: LIMIT_MS });
    const { how, ms } = await timedEnd(() => ended(child));
    return { how, ms: Math.max(0, ms - LIMIT_MS) };
  },
} satisfies Record<string, () => Promise<End>>;

type Way = keyof typeof WAYS;
const NAMES: Readonly<Record<Way, string>> = {
  sigterm: 'SIGTERM',
  sigkill: 'SIGKILL',
  abort: 'AbortSignal',
  timeout: 'timeout',
};

/** For each way how many loops it ended, such as 'sigkill-ended', and how fast, such as 'sigkill-time'. */
export async function endLoops({ signal }: Context): Promise<Record<Way, { count: Figure; time: Figure }>> {
  const seen: Record<Way, End[]> = { sigterm: [], sigkill: [], abort: [], timeout: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of Object.keys(WAYS) as Way[]) {
      signal.throwIfAborted();
      seen[way].push(await withinLimit(WAYS[way], LONGEST_MS, `a loop under ${NAMES[way]}`));
    }
  }
  return {
    sigterm: figures('sigterm', seen),
    sigkill: figures('sigkill', seen),
    abort: figures('abort', seen),
    timeout: figures('timeout', seen),
  };
}

function figures(way: Way, seen: Readonly<Record<Way, readonly End[]>>): { count: Figure; time: Figure } {
  const expected = way === 'sigterm' ? 'SIGTERM' : 'SIGKILL';
  const right = seen[way].filter(({ how }) => how === expected).length;
  const times = seen[way].map(({ ms }) => ms);
  const excess = way === 'timeout' ? 'from the time limit' : 'from the signal';
  return {
    count: counted(
      `${way}-ended`,
      `${NAMES[way]}: endless loops ended by ${expected}`,
      right,
      'processes',
      exactly(ROUNDS),
    ),
    time: sampled(`${way}-time`, `${NAMES[way]}: time ${excess} until the process is gone`, times, 'ms', {
      most: MOST_MS,
    }),
  };
}

/** Processes that handle SIGTERM and compute: asked to end, asked through an AbortSignal, and killed. */
export function askHandlers(): Promise<{ alive: Figure; early: Figure; killed: Figure }> {
  return withinLimit(askAndKill, LONGEST_MS, 'processes that handle SIGTERM');
}

async function askAndKill(): Promise<{ alive: Figure; early: Figure; killed: Figure }> {
  const stop = new AbortController();
  const asked = await start('handles');
  const killedByAbort = await begun(startLimited('handles', { signal: stop.signal }));
  const askedByAbort = await start('handles', { signal: stop.signal }); // the default: SIGTERM
  const error = new Promise<boolean>((resolve) => {
    askedByAbort.once('error', () => resolve(askedByAbort.signalCode === null));
  });
  asked.kill('SIGTERM');
  stop.abort();
  const early = Number(await error);
  await sleep(GRACE_MS);
  const alive = [asked, askedByAbort].filter((one) => one.exitCode === null && one.signalCode === null).length;
  const ends = [await askThenKill(asked, GRACE_MS), await kill(askedByAbort), await ended(killedByAbort)];
  const killed = ends.filter((how) => how === 'SIGKILL').length;
  const what = 'handles SIGTERM and computes';
  return {
    alive: counted('handlers-alive', `${what}: alive ${GRACE_MS} ms after SIGTERM`, alive, 'of 2', exactly(2)),
    early: counted('abort-error-early', `${what}: AbortError while still alive`, early, 'of 1', exactly(1)),
    killed: counted('handlers-killed', `${what}: ended by SIGKILL`, killed, 'of 3', exactly(3)),
  };
}

async function timedEnd(end: () => Promise<string>): Promise<End> {
  const begin = performance.now();
  const how = await end();
  return { how, ms: performance.now() - begin };
}
