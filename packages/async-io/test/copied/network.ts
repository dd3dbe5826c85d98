import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { get, limited } from '../../src/network/recipe.ts';

const server = createServer((request, response) => setTimeout(() => response.end(`you asked for ${request.url}`), 20));
await once(server.listen(0, '127.0.0.1'), 'listening');
const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 8 });

const paths = Array.from({ length: 24 }, (_, number) => `/page/${number}`);
const answers = await limited(paths, (path) => get(pool, path), 8);
assert.deepEqual(
  answers.map(String),
  paths.map((path) => `you asked for ${path}`),
);
console.log(`${answers.length} requests were answered in their order, at most 8 in flight.`);
await pool.close();
server.close();
