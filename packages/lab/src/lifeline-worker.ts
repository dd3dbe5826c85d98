// The thread behind `endWithParent`: its event loop turns, whatever the main thread does.

import { Socket } from 'node:net';

const parent = new Socket({ fd: 0, readable: true, writable: false });
const end = (): boolean => process.kill(process.pid, 'SIGKILL');
parent.once('error', end);
parent.once('close', end);
parent.resume(); // without a reader the end of a stream is not noticed
