// A machine with one worker, whose lease is short: nobody wants to wait for half a minute here.

import { readSettings, workerReady } from '../../proof/worker-process.ts';
import { startLeasedWorker } from '../recipe.ts';

export interface Settings {
  readonly url: string;
  readonly name: string;
  readonly lease: number;
}

const { url, name, lease } = readSettings() as Settings;
const worker = startLeasedWorker(url, name, new URL('./effect-task.ts', import.meta.url), { lease });
await worker.waitUntilReady();
workerReady();
