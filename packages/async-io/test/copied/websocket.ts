// Two clients of a hub get the same message; the hub drops a client once 1 MiB waits for it.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { openHub } from '../../src/websocket/recipe.ts';

const hub = await openHub({ mostBuffered: 2 ** 20 });
const clients = [1, 2].map(() => new WebSocket(`ws://127.0.0.1:${hub.port}`));
await Promise.all(clients.map((client) => once(client, 'open')));
const received = Promise.all(clients.map((client) => once(client, 'message')));
hub.broadcast(Buffer.from('hello'));
for (const [message] of await received) assert.equal(String(message), 'hello');
assert.equal(hub.dropped(), 0);
await hub.close();
console.log('Both clients got the message.');
