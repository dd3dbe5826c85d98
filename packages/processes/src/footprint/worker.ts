import { parentPort } from 'node:worker_threads';

parentPort!.on('message', () => {}); // waits for more
parentPort!.postMessage('ready');
