// A thread that waits in the queue of a ticket lock, and ends by itself once it has had its turn.

import { workerData } from 'node:worker_threads';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { TicketLock } from '../recipe.ts';

new TicketLock(workerData as SharedWords).withLock(() => {});
