// A thread or a process, whoever starts it: says that it is ready and what that took, then waits.

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
