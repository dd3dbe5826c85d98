// The first answer is a 503, the second is right.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openRetryingClient } from '../../src/retry/recipe.ts';

let requests = 0;
const server = createServer((_, response) => response.writeHead(++requests === 1 ? 503 : 200).end('hello'));
await once(server.listen(0, '127.0.0.1'), 'listening');
const limits = { connect: 1_000, headers: 5_000, body: 5_000, total: 10_000 };
const client = openRetryingClient({ limits, attempts: 3, backOff: { base: 10, most: 100 } });
const { status, body } = await client.request(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
assert.deepEqual([status, Buffer.from(body).toString(), requests], [200, 'hello', 2]);
await client.close();
server.close();
console.log('The second of 2 requests was answered.');
