// A worker of the cluster: an HTTP server whose handler computes. It answers with the report of its work.

import { createServer } from 'node:http';
import { probe, runUnit } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import { serve } from '../recipe.ts';

/** Longer than a measurement lets a connection rest: the next request on it is for the same worker. */
const KEEP_ALIVE_MS = 30_000;

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url!, 'http://localhost');
  const report = probe(() => runUnit(JSON.parse(searchParams.get('unit')!) as Unit));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(report));
});
server.keepAliveTimeout = KEEP_ALIVE_MS;
serve(server);
