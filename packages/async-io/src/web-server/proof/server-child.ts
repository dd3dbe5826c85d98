// The server in a process of its own. Asked by a message, it says what CPU time its first thread has taken, ms. It ends when
// the channel to its parent closes.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createWebServer } from '../recipe.ts';
import { makeHandler } from './handlers.ts';
import type { Handler, HandlerOptions } from './handlers.ts';

export interface ServerOptions extends HandlerOptions {
  readonly handler: Handler;
}

const { handler, ...options } = JSON.parse(process.argv[2]!) as ServerOptions;
process.on('disconnect', () => process.exit());
process.on('message', () => {
  const { user, system } = process.threadCpuUsage(); // of the thread that answers all requests
  process.send!((user + system) / 1_000);
});

const server = createWebServer(makeHandler(handler, options)).listen(0, '127.0.0.1');
await once(server, 'listening');
process.send!((server.address() as AddressInfo).port);
