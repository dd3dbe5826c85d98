// The chapter in reading order.

import type { Chapter } from '@cookbook/lab/chapter';
import cpuScaling from './cpu-scaling/claim.ts';
import helloThreads from './hello-threads/claim.ts';
import race from './race/claim.ts';

export const chapter: Chapter = {
  name: 'threads',
  title: 'Threads: what node:worker_threads does, and what it does not',
  readme: new URL('../README.md', import.meta.url),
  sections: [
    { title: 'First steps', claims: [helloThreads] },
    { title: 'Speed', claims: [cpuScaling] },
    { title: 'Shared memory', claims: [race] },
  ],
};
