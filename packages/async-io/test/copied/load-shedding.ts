import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { shed } from '../../src/load-shedding/recipe.ts';

const listener = shed(
  async (_, response) => {
    await sleep(200);
    response.end('done');
  },
  { mostPending: 5, mostBusy: 10_000, shareOf: ({ url }) => (url === '/health' ? Infinity : 1) },
);
const server = createServer(listener).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const answers = await Promise.all([...Array.from({ length: 20 }, () => fetch(url)), fetch(`${url}/health`)]);
const refused = answers.filter(({ status }) => status === 503);
assert.ok(refused.length >= 1 && refused.every(({ headers }) => headers.get('retry-after') === '1'));
assert.equal(answers.at(-1)!.status, 200);
server.closeAllConnections();
server.close();
console.log('Of 20 requests at once 5 were under way, and others were refused; the health check was not.');
