// A worker of the cluster: an HTTP server whose handler computes. What it answers is the report of its work.

import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { Server as NetServer } from 'node:net';
import { probe, runUnit } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';

/** Longer than a measurement lets a connection rest: the next request on it is for the same worker. */
const KEEP_ALIVE_MS = 30_000;

/** A client that keeps its connection and asks no more must not keep a worker that is to go. */
const MOST_DRAINING_MS = 3_000;

let draining = false;

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url!, 'http://localhost');
  const report = probe(() => runUnit(JSON.parse(searchParams.get('unit')!) as Unit));
  if (draining) response.setHeader('connection', 'close'); // the client is to connect anew, to a worker that stays
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(report));
});

process.on('message', (message) => {
  if (message === 'drain') drain();
});

/**
 * Takes no more connections, answers what comes on those that are open, each for the last time, and then ends.
 *
 * The HTTP server's own `close()`, which `worker.disconnect()` calls too, also closes the connections that look idle: those
 * whose next request waits unread while a handler computes. So only the closing of the TCP server below it is used.
 */
function drain(): void {
  draining = true;
  NetServer.prototype.close.call(server, () => cluster.worker!.disconnect());
  setTimeout(() => process.exit(), MOST_DRAINING_MS).unref();
}

server.keepAliveTimeout = KEEP_ALIVE_MS;
server.listen(Number(process.env['PORT']), '127.0.0.1');
