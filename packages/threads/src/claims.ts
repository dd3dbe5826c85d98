// The chapter in reading order.

import type { Chapter } from '@cookbook/lab/claim';
import awaitInTheLoop from './await-in-the-loop/claim.ts';
import cloningCosts from './cloning-costs/claim.ts';
import cpuScaling from './cpu-scaling/claim.ts';
import deadlock from './deadlock/claim.ts';
import freeThreading from './free-threading/claim.ts';
import helloThreads from './hello-threads/claim.ts';
import kill from './kill/claim.ts';
import lockGranularity from './lock-granularity/claim.ts';
import messagePump from './message-pump/claim.ts';
import moreThreadsThanCores from './more-threads-than-cores/claim.ts';
import mutex from './mutex/claim.ts';
import nativeCode from './native-code/claim.ts';
import pool from './pool/claim.ts';
import poolAbort from './pool-abort/claim.ts';
import poolBackpressure from './pool-backpressure/claim.ts';
import race from './race/claim.ts';
import readWriteLock from './read-write-lock/claim.ts';
import reentrantMutex from './reentrant-mutex/claim.ts';
import responsiveness from './responsiveness/claim.ts';
import semaphore from './semaphore/claim.ts';
import sharedMemory from './shared-memory/claim.ts';
import simd from './simd/claim.ts';
import starvation from './starvation/claim.ts';
import tooSmallTasks from './too-small-tasks/claim.ts';
import unequalSplit from './unequal-split/claim.ts';
import webLocks from './web-locks/claim.ts';
import workerInTypescript from './worker-in-typescript/claim.ts';

export const chapter: Chapter = {
  name: 'threads',
  title: 'Threads: what worker threads (node:worker_threads) gain, share and cost',
  readme: new URL('../README.md', import.meta.url),
  sections: [
    { title: 'First steps', claims: [helloThreads, workerInTypescript, sharedMemory, messagePump] },
    { title: 'Speed', claims: [cpuScaling, pool, moreThreadsThanCores, nativeCode, simd, freeThreading] },
    {
      title: 'Shared memory and locks',
      claims: [race, mutex, reentrantMutex, semaphore, readWriteLock, lockGranularity, deadlock, starvation, webLocks],
    },
    { title: 'Threads in a server', claims: [responsiveness, poolBackpressure, poolAbort, kill] },
    { title: 'When threads make it slower', claims: [tooSmallTasks, awaitInTheLoop, unequalSplit, cloningCosts] },
  ],
};
