// A light request is answered while a heavy one computes in a pool.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { computingInPool, createWebServer } from '../../src/web-server/recipe.ts';

const server = createWebServer(computingInPool(500_000, 1)).listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const ask = async (path: string) => (await fetch(origin + path)).text();
let heavy: string | undefined;
const computing = ask('/heavy').then((ms) => (heavy = ms));
assert.equal(await ask('/light'), 'light');
assert.equal(heavy, undefined); // not answered yet
console.log(`The light request did not wait for the heavy one, which took ${Math.round(Number(await computing))} ms.`);
server.close().closeAllConnections();
