// A server in a process of its own that ends in one of three ways when it is asked to.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SHUT_DOWN, shutDownOnSignal } from '../recipe.ts';
import type { ShutdownOptions } from '../recipe.ts';

/** exit: process.exit. close: server.close, and process.exit once that calls back. graceful: the recipe. */
export type Way = 'exit' | 'close' | 'graceful';

export interface ServerOptions extends Omit<ShutdownOptions, 'release'> {
  readonly way: Way;
  /** How many servers the process has; 1 where it is left out. */
  readonly servers?: number;
  /** What is released in order: each sends its name; 'throws' rejects, 'hangs' never settles. */
  readonly release?: readonly string[];
}

const { way, servers: count = 1, release = [], ...times } = JSON.parse(process.argv[2]!) as ServerOptions;

const servers = Array.from({ length: count }, () => {
  const server = createServer((request, response) => void answer(request, response));
  server.keepAliveTimeout = 30_000; // longer than a proof: a connection that rests is kept
  return server;
});
let stopping: AbortSignal | undefined;

async function answer({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (url === '/health') {
    response.writeHead(stopping?.aborted ? 503 : 200).end();
    return;
  }
  if (url!.startsWith('/streamed')) response.write('begun, '); // its headers are out before the signal
  await sleep(Number(new URL(url!, 'http://localhost').searchParams.get('ms')));
  response.end('done');
}

const steps = release.map((name) => async () => {
  process.send!(name);
  // oxlint-disable-next-line typescript/only-throw-error
  if (name === 'throws') throw undefined;
  if (name === 'hangs') await new Promise(() => {});
});

function onAsked(work: () => void): void {
  process.on('SIGTERM', work);
  process.on('message', (message) => void (message === SHUT_DOWN && work()));
}

if (way === 'exit') onAsked(() => process.exit());
if (way === 'close') onAsked(() => void servers[0]!.close(() => process.exit()));
if (way === 'graceful') stopping = shutDownOnSignal(servers, { ...times, release: steps });

process.on('disconnect', () => process.exit());
await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
process.send!(servers.map((server) => (server.address() as AddressInfo).port));
