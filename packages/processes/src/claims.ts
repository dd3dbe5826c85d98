// The chapter in reading order.

import type { Chapter } from '@cookbook/lab/chapter';
import cpuScaling from './cpu-scaling/claim.ts';
import helloProcesses from './hello-processes/claim.ts';
import realityCheck from './reality-check/claim.ts';

export const chapter: Chapter = {
  name: 'processes',
  title: 'Processes: what node:child_process does, and what it does not',
  readme: new URL('../README.md', import.meta.url),
  sections: [
    { title: 'First steps', claims: [helloProcesses] },
    { title: 'Speed', claims: [cpuScaling, realityCheck] },
  ],
};
