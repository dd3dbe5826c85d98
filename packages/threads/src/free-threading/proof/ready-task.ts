// A thread or a process, whichever starts it: its first message is the CPU time that its start took, ms. Then it waits.

import { parentPort } from 'node:worker_threads';

if (parentPort) {
  const { user, system } = process.threadCpuUsage();
  parentPort.postMessage((user + system) / 1_000);
  parentPort.on('message', () => {});
} else {
  const { user, system } = process.cpuUsage();
  process.send!((user + system) / 1_000);
  process.on('disconnect', () => process.exit());
}
