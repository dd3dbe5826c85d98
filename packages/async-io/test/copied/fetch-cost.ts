import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { byFetch, byRequest } from '../../src/fetch-cost/recipe.ts';

const server = createServer((request, response) => response.end(`you asked for ${request.url}`));
await once(server.listen(0, '127.0.0.1'), 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const agent = new Agent();
const answers = [await byFetch(agent, origin, '/page'), await byRequest(agent, origin, '/page')];
assert.deepEqual(answers.map(String), ['you asked for /page', 'you asked for /page']);
console.log('fetch and request got the same answer.');
await agent.close();
server.close();
