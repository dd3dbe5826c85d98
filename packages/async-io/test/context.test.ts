import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { REQUESTS, seeContexts, WAY_NAMES } from '../src/context/proof/cells.ts';
import type { WayName } from '../src/context/proof/cells.ts';
import { currentRequest, hear, hearBound, inRequest, listen, post, Queue } from '../src/context/recipe.ts';

const all = (sight: 'own' | 'other' | 'none') => ({ own: 0, other: 0, none: 0, [sight]: REQUESTS });

test('what requests see, cell by cell', async () => {
  const seen = await seeContexts(new AbortController().signal);
  const { 'a queue of functions': queue, ...others } = Object.fromEntries(seen) as Record<WayName, object>;
  expect(others).toEqual({
    'an await': all('own'),
    'a timer': all('own'),
    'Promise.all': all('own'),
    'a limit of p-limit': all('own'),
    'the queue, bound': all('own'),
    'a listener on a shared connection': all('other'),
    'the listener, bound': all('own'),
    'a message to a worker': all('none'),
    'a message posted with its request': all('own'),
  });
  expect(queue).toEqual({ own: 1, other: REQUESTS - 1, none: 0 }); // all but the one that woke it
  expect(seen.size).toBe(WAY_NAMES.length);
});

test('a listener runs in the context of whoever emits; a bound one in that of whoever added it', () => {
  const emitter = new EventEmitter();
  const seen: (number | undefined)[] = [];
  inRequest({ id: 1 }, () => {
    hear(emitter, 'x', () => seen.push(currentRequest()?.id));
    hearBound(emitter, 'x', () => seen.push(currentRequest()?.id));
  });
  emitter.emit('x');
  emitter.emit('x'); // each is called once
  expect(seen).toEqual([undefined, 1]);
});

test('a queue runs its tasks in order, also those that come while it runs', async () => {
  const queue = new Queue();
  const order: string[] = [];
  queue.add(() => {
    order.push('a');
    queue.add(() => order.push('c'));
  });
  inRequest({ id: 3 }, () => queue.addBound(() => order.push(`b of ${currentRequest()?.id}`)));
  await sleep(1);
  queue.add(() => order.push('d'));
  expect(order).toEqual(['a', 'c', 'b of 3', 'd']);
});

test('a message that was posted outside of all requests is heard outside of all', async () => {
  const { port1, port2 } = new MessageChannel();
  const seen = new Promise((resolve) => listen(port2, (message) => resolve([message, currentRequest()])));
  inRequest({ id: 5 }, () => {});
  post(port1, { rows: [1] });
  expect(await seen).toEqual([{ rows: [1] }, undefined]);
  port1.close();
});
