// Listens, and then does nothing for ever: the queue of connections fills up and none is taken out.

import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 });
await once(server, 'listening');
process.send!((server.address() as AddressInfo).port, () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000); // ends by itself if its parent is killed
  process.exit();
});
