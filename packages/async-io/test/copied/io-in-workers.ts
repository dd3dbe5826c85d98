// The same two bodies from async tasks and from threads.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openTasks, openThreads } from '../../src/io-in-workers/recipe.ts';

const server = createServer(({ url }, response) => response.end(url));
await once(server.listen(0, '127.0.0.1'), 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
for (const fetcher of [openTasks(2), await openThreads(2)]) {
  const bodies = await fetcher.fetchAll([`${origin}/a`, `${origin}/b`]);
  assert.deepEqual(
    bodies.map((body) => Buffer.from(body).toString()),
    ['/a', '/b'],
  );
  await fetcher.close();
}
server.close().closeAllConnections();
console.log('Tasks and threads fetched the same.');
