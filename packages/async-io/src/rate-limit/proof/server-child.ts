// A server that allows so many requests in any second of its clock, and answers 429 to one more.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { now } from '@cookbook/lab/task';
import { SENT } from './protocol.ts';
import type { ServerOptions, ServerReport } from './protocol.ts';

const SECOND = 1_000;

let options: ServerOptions = { mostASecond: Infinity, work: 0 };
let taken: number[] = [];
let arrivals: number[] = [];
let transits: number[] = [];
let refused = 0;

const server = createServer((request, response) => {
  const at = now();
  arrivals.push(at);
  transits.push(at - Number(request.headers[SENT]));
  taken = taken.filter((before) => at - before < SECOND);
  if (taken.length >= options.mostASecond) {
    refused++;
    response.writeHead(429, { 'retry-after': '1' }).end();
    return;
  }
  taken.push(at);
  setTimeout(() => response.end('done'), options.work);
});

process.on('disconnect', () => process.exit());
/** New options begin a new count; the answer is what came before. */
process.on('message', (next: ServerOptions) => {
  process.send!({ arrivals, transits, refused } satisfies ServerReport);
  options = next;
  [taken, arrivals, transits, refused] = [[], [], [], 0];
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 });
await once(server, 'listening');
process.send!((server.address() as AddressInfo).port);
