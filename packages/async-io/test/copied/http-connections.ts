import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openHttp1 } from '../../src/http-connections/recipe.ts';

let connections = 0;
const server = createServer((_, response) => setTimeout(() => response.end('here'), 10));
server.on('connection', () => connections++);
await once(server.listen(0, '127.0.0.1'), 'listening');

const client = openHttp1(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 4);
const ask = async () => (await client.request({ method: 'GET', path: '/' })).body.text();
const answers = await Promise.all(Array.from({ length: 20 }, ask));
assert.deepEqual(new Set(answers), new Set(['here']));
assert.equal(connections, 4);
console.log(`${answers.length} requests at once went over ${connections} connections.`);
await client.close();
server.close();
