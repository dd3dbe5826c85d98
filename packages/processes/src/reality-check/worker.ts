// The thread that samples the cores.

import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { CoreSample } from './recipe.ts';

let previous = readTimes();
const timer = setInterval(() => {
  const current = readTimes();
  const loads = current.map(({ busy, idle }, core) => {
    const spent = busy - previous[core]!.busy;
    const total = spent + idle - previous[core]!.idle;
    return total > 0 ? Math.min(1, spent / total) : 0;
  });
  previous = current;
  parentPort!.postMessage({ at: Number(process.hrtime.bigint()) / 1e6, loads } satisfies CoreSample);
}, workerData as number);

parentPort!.once('message', () => {
  clearInterval(timer);
  parentPort!.close();
});
parentPort!.postMessage('ready');

/** ms that each core has spent since the machine started. */
function readTimes(): { busy: number; idle: number }[] {
  try {
    return os.cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({ busy: user + nice + sys + irq, idle }));
  } catch {
    return []; // a Linux without /proc
  }
}
