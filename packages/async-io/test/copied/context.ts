import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { currentRequest, hearBound, inRequest, listen, post } from '../../src/context/recipe.ts';

const log: string[] = [];
const note = (what: string) => log.push(`${currentRequest()?.id}: ${what}`);

const connection = new EventEmitter();
inRequest({ id: 7 }, () => hearBound(connection, 'answer', () => note('answered')));
inRequest({ id: 8 }, () => connection.emit('answer')); // as a pool that serves another request would

const { port1, port2 } = new MessageChannel();
const done = new Promise<void>((resolve) => {
  listen(port2, (message) => {
    note(String(message));
    resolve();
  });
});
inRequest({ id: 9 }, () => post(port1, 'posted'));
await done;
port1.close();
assert.deepEqual(log, ['7: answered', '9: posted']);
console.log(log.join(', '));
