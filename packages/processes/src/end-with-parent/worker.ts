// The thread behind `endWithParent`: its event loop turns, whatever the main thread does.
// The cookbook has it twice: packages/lab/src/cleanup/lifeline-worker.ts is its twin.

import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';

const { grace } = workerData as { grace: number };

const parent = new Socket({ fd: 0, readable: true, writable: false });
parent.once('error', end);
parent.once('close', end);
parent.resume(); // without a reader the end of a stream is not noticed

function end(): void {
  if (grace === 0) kill();
  else void sleep(grace).then(kill);
}

function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}
