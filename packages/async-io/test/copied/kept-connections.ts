import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { openRepeating } from '../../src/kept-connections/recipe.ts';

// A server that answers one request of each connection, and breaks it off when a second one comes.
let [connections, requests] = [0, 0];
const server = createServer((socket) => {
  connections++;
  socket.on('error', () => {});
  socket.once('data', () => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi');
    socket.on('data', () => socket.resetAndDestroy());
  });
  socket.on('data', () => requests++);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const client = openRepeating(1);
const get = async () => (await client.request({ origin, path: '/', method: 'GET' })).body.text();
assert.deepEqual([await get(), await get()], ['hi', 'hi']);
assert.deepEqual([connections, requests], [2, 3]);
const post = client.request({ origin, path: '/', method: 'POST', body: 'once' });
await assert.rejects(post, /ECONNRESET|other side closed/);
assert.equal(requests, 4);
await client.destroy();
server.close();
console.log('The second GET was repeated on a new connection, and the POST was not.');
