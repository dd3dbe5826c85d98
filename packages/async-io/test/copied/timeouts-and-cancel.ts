// A server that never answers: the limit on the whole ends one request, a signal another.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { openClient } from '../../src/timeouts-and-cancel/recipe.ts';

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const client = openClient({ connect: 1_000, headers: 5_000, body: 5_000, total: 100 });
await assert.rejects(client.request(url), { name: 'TimeoutError' });
await assert.rejects(client.request(url, { signal: AbortSignal.abort() }), { name: 'AbortError' });
await client.close();
server.close();
console.log('Both requests have ended.');
