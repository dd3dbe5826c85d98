// Two servers in a process of its own that differ by how long they keep a connection that rests. As behind many proxies, no
// answer says how long that is. The process computes now and then, as servers do.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endWithParent } from '@cookbook/lab/cleanup';
import { keepLonger } from '../recipe.ts';

export interface Origins {
  readonly brief: string;
  readonly long: string;
}

/** ms of computing, and from one beginning to the next. */
const [COMPUTING_MS, EVERY_MS] = [5, 20];

endWithParent();
const [briefKeeps, clientKeeps] = process.argv.slice(2).map(Number) as [number, number];

const answer: RequestListener = (request, response) => {
  request.resume();
  response.setHeader('connection', 'keep-alive'); // set by hand, it comes without `Keep-Alive: timeout=`
  response.end('answered');
};
const [brief, long] = [createServer(answer), createServer(answer)];
brief.keepAliveTimeout = briefKeeps;
brief.keepAliveTimeoutBuffer = 0; // Node.js would add a second
keepLonger(long, clientKeeps);

const origins = await Promise.all(
  [brief, long].map(async (server) => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }),
);
setInterval(() => {
  for (const end = performance.now() + COMPUTING_MS; performance.now() < end;);
}, EVERY_MS);
process.on('disconnect', () => process.exit());
process.send!({ brief: origins[0]!, long: origins[1]! } satisfies Origins);
