// `node --import` of this has a program end with the test process that started it, even if that is killed.

import { isMainThread } from 'node:worker_threads';
import { endWithParent } from '../src/cleanup/lifeline.ts';

if (isMainThread) endWithParent();
