// A server in a process of its own, with a capacity that is known: so many places, or one thread, and a time for each request.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitingTime } from '@cookbook/lab/task';
import pLimit from 'p-limit';
import { shed } from '../recipe.ts';
import type { ShedOptions } from '../recipe.ts';
import * as given from './protocol.ts';
import type { Order, Reply, Setting } from './protocol.ts';

const places = pLimit(given.SLOTS);

const wait: RequestListener = async (_, response) => {
  await places(() => sleep(given.WAITING_MS));
  response.end('done');
};

/** Has its thread for so long; by the clock, lest the capacity change with what else the machine does. */
const compute: RequestListener = (_, response) => {
  for (const end = performance.now() + given.COMPUTING_MS; performance.now() < end;);
  response.end('done');
};

const withHealth = (handler: RequestListener): RequestListener => {
  return (request, response) => {
    if (request.url === given.HEALTH) response.end('well');
    else handler(request, response);
  };
};

const shareOf: NonNullable<ShedOptions['shareOf']> = ({ url }) => (url === given.HEALTH ? Infinity : 1);

const LISTENERS: Readonly<Record<Setting, () => RequestListener>> = {
  waiting: () => withHealth(wait),
  'waiting, shed': () => shed(withHealth(wait), { mostPending: given.MOST_PENDING, shareOf }),
  computing: () => withHealth(compute),
  'computing, shed': () => shed(withHealth(compute), { mostBusy: given.MOST_BUSY_MS, shareOf }),
  'computing, by utilisation': () => byUtilisation(withHealth(compute)),
};

/** As monitors of overload do it: a sample from time to time says whether requests are taken until the next one. */
function byUtilisation(handler: RequestListener): RequestListener {
  let before = performance.eventLoopUtilization();
  let isOver = false;
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    isOver = performance.eventLoopUtilization(now, before).utilization > given.MOST_UTILISATION;
    before = now;
  }, given.SAMPLE_MS);
  return (request, response) => {
    if (isOver) response.writeHead(503, { 'retry-after': '1' }).end();
    else handler(request, response);
  };
}

let listener: RequestListener = (_, response) => response.end();
const server = createServer((request, response) => listener(request, response));
server.keepAliveTimeout = 120_000; // the default of 5 s would close connections in the middle

process.on('disconnect', () => process.exit());
process.on('message', ({ setting }: Order) => {
  if (setting !== undefined) listener = LISTENERS[setting]();
  process.send!({ waited: waitingTime() } satisfies Reply);
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
await once(server, 'listening');
process.send!((server.address() as AddressInfo).port);
