// `node --import` of this has a program end with the command that started it, even if that is killed.

import { isMainThread } from 'node:worker_threads';
import { endWithParent } from '@cookbook/lab/cleanup';

// A process that is forked inherits the flag, and has a lifeline of its own.
if (isMainThread && process.send === undefined) endWithParent();
