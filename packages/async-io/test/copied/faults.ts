// One of three documents is not there: the others arrive, and that one is reported.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchAll } from '../../src/faults/recipe.ts';
import { openRetryingClient } from '../../src/retry/recipe.ts';

const server = createServer(({ url }, response) => response.writeHead(url === '/document/2' ? 404 : 200).end('hello'));
await once(server.listen(0, '127.0.0.1'), 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const limits = { connect: 1_000, headers: 5_000, body: 5_000, total: 10_000 };
const client = openRetryingClient({ limits, attempts: 3, backOff: { base: 10, most: 100 } });
const taken: number[] = [];
const missing = await fetchAll(client, { origin, numbers: [1, 2, 3], limit: 2, take: (number) => taken.push(number) });
assert.deepEqual(new Set(taken), new Set([1, 3]));
assert.deepEqual(missing, [{ number: 2, reason: '404', attempts: 1 }]);
await client.close();
server.close();
console.log('Documents 1 and 3 arrived, 2 is missing: 404.');
