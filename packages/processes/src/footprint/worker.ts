// What each thread runs: it sends its first message, and waits for more.

import { parentPort } from 'node:worker_threads';

parentPort!.on('message', () => {}); // waits for more
parentPort!.postMessage('ready');
