// A hub and its clients, each in a process of its own.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ClientsReport, Connect } from './clients-child.ts';
import type { Broadcast, BroadcastReport, Open } from './hub-child.ts';

export interface HubAndClientsOptions {
  /** Clients that read, and clients that never do. */
  readonly readers: number;
  readonly stalled?: number;
  /** Bytes that may wait for one client. */
  readonly mostBuffered: number;
  readonly signal?: AbortSignal | undefined;
}

/** What hub and readers report of a broadcast. */
export interface Broadcasted {
  readonly hub: BroadcastReport;
  readonly readers: ClientsReport;
}

export interface HubAndClients {
  /** Sends messages of so many bytes, each when all readers have the one before. */
  broadcast(messages: number, bytes: number): Promise<Broadcasted>;
  close(): Promise<void>;
}

export async function openHubAndClients({
  readers,
  stalled = 0,
  mostBuffered,
  signal,
}: HubAndClientsOptions): Promise<HubAndClients> {
  signal?.throwIfAborted();
  const hub = start('./hub-child.ts', ['--expose-gc']);
  const clients = start('./clients-child.ts', []);
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', close);
    await Promise.all([end(hub), end(clients)]);
  };
  signal?.addEventListener('abort', close);
  try {
    const { port } = await ask<{ port: number }>(hub, { open: { mostBuffered } });
    await ask(clients, { connect: { port, readers, stalled } });
    return {
      async broadcast(messages, bytes) {
        const sent = await ask<BroadcastReport>(hub, { broadcast: { messages, bytes } });
        return { hub: sent, readers: await ask<ClientsReport>(clients, 'report') };
      },
      close,
    };
  } catch (error) {
    await close();
    signal?.throwIfAborted();
    throw error;
  }
}

function start(file: string, execArgv: string[]): ChildProcess {
  return fork(new URL(file, import.meta.url), { execArgv });
}

/** One order, one answer. @throws Error where the process ends first */
async function ask<Answer>(child: ChildProcess, order: Open | Broadcast | Connect | 'report'): Promise<Answer> {
  const done = new AbortController();
  const answer = once(child, 'message', done);
  const gone = once(child, 'exit', done).then(([code, signal]) => {
    throw new Error(`Expected an answer of process ${child.pid}, but it ended with ${signal ?? `exit code ${code}`}`);
  });
  if (child.exitCode === null && child.signalCode === null) child.send(order);
  else done.abort();
  try {
    return (await Promise.race([answer, gone]))[0] as Answer;
  } finally {
    done.abort(); // takes the listeners off
    await Promise.allSettled([answer, gone]);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
