// A machine with one worker.

import { readSettings, workerReady } from '../../proof/worker-process.ts';
import { startWorker } from '../recipe.ts';

export interface Settings {
  readonly url: string;
  readonly name: string;
}

const { url, name } = readSettings() as Settings;
const worker = startWorker(url, name, new URL('./unit-task.ts', import.meta.url));
await worker.waitUntilReady();
workerReady();
