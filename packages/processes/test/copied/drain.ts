import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { drain } from '../../src/drain/recipe.ts';

const server = createServer(async (_, response) => {
  await sleep(100);
  response.end('done');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const begun = fetch(url);
await once(server, 'request');
const drained = drain(server, 500);
assert.equal(await (await begun).text(), 'done');
await assert.rejects(fetch(url, { headers: { connection: 'close' } })); // no new connection
await drained;
console.log('The request that had begun was answered, and the server ended.');
