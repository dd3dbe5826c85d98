// A thread of this proof: obeys commands.

import { parentPort } from 'node:worker_threads';
import { obey } from './crash.ts';
import type { Command } from './crash.ts';

parentPort!.on('message', (command: Command) => parentPort!.postMessage(obey(command)));
