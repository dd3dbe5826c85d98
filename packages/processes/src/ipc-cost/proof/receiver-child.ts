// The other side, a process or a thread: it answers each message with a receipt.

import { parentPort } from 'node:worker_threads';
import { receive } from './receipt.ts';

if (parentPort) {
  parentPort.on('message', (message) => parentPort!.postMessage(receive(message)));
} else {
  process.on('message', (message) => process.send!(receive(message)));
  process.on('disconnect', () => process.exit());
}
