import { parentPort } from 'node:worker_threads';
import { receive } from './receipt.ts';

parentPort!.on('message', (message) => parentPort!.postMessage(receive(message)));
