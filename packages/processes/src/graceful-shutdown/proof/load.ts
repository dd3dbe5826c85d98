// Clients of a server that is shut down, and of one that stays. A client keeps its connection for as long as that lasts,
// and gets a new one from a balancer, which asks for the first server's health. No request is repeated.

import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import type { Server } from './server.ts';

const CLIENTS = 32;
/** Between two looks at the health, ms. */
const PERIOD_MS = 20;
/** What the server takes for an answer, ms. */
const WORK_MS = 10;
/** Of every second client between two requests, so that some connections rest; of each after a request that failed, ms. */
const PAUSE_MS = 10;
/** For an answer, ms. */
const LIMIT_MS = 5_000;

export interface Load {
  readonly answered: number;
  /** The error of each request that got no answer. */
  readonly lost: readonly string[];
}

export interface LoadOptions {
  readonly requests: number;
  /** The server that is asked to end when half of the requests are answered. */
  readonly leaving: Server;
  readonly staying: Server;
  readonly signal: AbortSignal;
}

/** Sends the requests, each as soon as the one before it of the same client is answered or lost. */
export async function runLoad({ requests, leaving, staying, signal }: LoadOptions): Promise<Load> {
  const lost: string[] = [];
  const connections: Connection[] = [];
  let [begun, answered, isReady] = [0, 0, true];
  const done = new AbortController();

  const watchHealth = async (): Promise<void> => {
    while (!done.signal.aborted) {
      isReady = await isHealthy(leaving.port);
      await sleep(PERIOD_MS);
    }
  };

  const newConnection = (): Connection => {
    const connection = connect(isReady ? leaving.port : staying.port);
    connections.push(connection);
    return connection;
  };

  const keepAsking = async (number: number): Promise<void> => {
    let connection = newConnection();
    while (begun++ < requests && !signal.aborted) {
      if (connection.isOver) connection = newConnection();
      try {
        await connection.ask();
        if (++answered === requests / 2) leaving.ask();
        if (number % 2 === 0) await sleep(PAUSE_MS);
      } catch (error) {
        lost.push((error as NodeJS.ErrnoException).code ?? String(error));
        await sleep(PAUSE_MS);
      }
    }
  };

  const watched = watchHealth();
  try {
    await Promise.all(Array.from({ length: CLIENTS }, (_, number) => keepAsking(number)));
    signal.throwIfAborted();
    return { answered, lost };
  } finally {
    done.abort();
    await Promise.all(connections.map((connection) => connection.close()));
    await watched;
  }
}

interface Connection {
  readonly port: number;
  /** It was closed, by whomever. */
  readonly isOver: boolean;
  /** @throws Error where there is no answer, or another than 200 */
  ask(): Promise<void>;
  close(): Promise<void>;
}

function connect(port: number): Connection {
  const client = new Client(`http://127.0.0.1:${port}`, { pipelining: 1, keepAliveTimeout: 60_000 });
  let isOver = false;
  const end = (): void => void (isOver = true);
  client.once('disconnect', end);
  client.once('connectionError', end);
  return {
    port,
    get isOver() {
      return isOver;
    },
    async ask() {
      const path = `/?ms=${WORK_MS}`;
      const { statusCode, headers, body } = await client.request({ method: 'GET', path, headersTimeout: LIMIT_MS });
      await body.dump();
      if (headers['connection'] === 'close') end();
      if (statusCode !== 200) throw new Error(`Expected status 200, got ${statusCode}`);
    },
    close: () => client.destroy(),
  };
}

/** Whether the health is 200, asked on a connection of its own. */
export function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path: '/health', agent: false, timeout: LIMIT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
