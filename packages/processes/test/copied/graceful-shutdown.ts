import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SHUT_DOWN, shutDownOnSignal } from '../../src/graceful-shutdown/recipe.ts';

// This file is both the program and the server that it starts.
if (process.argv[2] === 'server') {
  const server = createServer(async (request, response) => {
    if (request.url === '/health') return response.writeHead(stopping.aborted ? 503 : 200).end();
    await sleep(300);
    return response.end('done');
  });
  const endPool = async (): Promise<void> => void process.send!('the pool has ended');
  const stopping = shutDownOnSignal([server], { notice: 100, finish: 5_000, release: [endPool] });
  server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
} else {
  const child = fork(import.meta.filename, ['server']);
  const [port] = (await once(child, 'message')) as [number];
  const url = `http://127.0.0.1:${port}`;
  assert.equal((await fetch(`${url}/health`)).status, 200);
  const answer = fetch(url);
  await sleep(100);
  child.send(SHUT_DOWN); // as SIGTERM does, on Windows too
  const [released, exit] = [once(child, 'message'), once(child, 'exit')];
  assert.equal(await (await answer).text(), 'done');
  assert.equal((await released)[0], 'the pool has ended');
  assert.equal((await exit)[0], 0);
  console.log('A request under way was answered, the pool ended, and the process ended with 0.');
}
