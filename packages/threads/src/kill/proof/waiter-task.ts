// A thread that sleeps for a lock, and gives it back as soon as it has it: it ends by itself where it is woken.

import { workerData } from 'node:worker_threads';
import { Mutex } from '../../mutex/recipe.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { LOCK } from '../recipe.ts';

new Mutex(workerData as SharedWords, LOCK).withLock(() => {});
