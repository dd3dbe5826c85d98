// The load, in a process of its own, so that no stop of the server delays a request before it is sent.

import type { Load, Traffic } from './open-loop-load.ts';
import { sendLoad } from './open-loop-load.ts';

process.on('message', async (traffic: Traffic) => process.send!((await sendLoad(traffic)) satisfies Load));
process.on('disconnect', () => process.exit());
