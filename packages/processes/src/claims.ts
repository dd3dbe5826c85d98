// The chapter in reading order.

import type { Chapter } from '@cookbook/lab/claim';
import childOutput from './child-output/claim.ts';
import containers from './containers/claim.ts';
import cpuScaling from './cpu-scaling/claim.ts';
import dataAnalysis from './data-analysis/claim.ts';
import drain from './drain/claim.ts';
import endWithParent from './end-with-parent/claim.ts';
import fileLock from './file-lock/claim.ts';
import footprint from './footprint/claim.ts';
import gracefulShutdown from './graceful-shutdown/claim.ts';
import helloProcesses from './hello-processes/claim.ts';
import imageTiles from './image-tiles/claim.ts';
import ipcCost from './ipc-cost/claim.ts';
import isolation from './isolation/claim.ts';
import kill from './kill/claim.ts';
import noLocks from './no-locks/claim.ts';
import noOverlap from './no-overlap/claim.ts';
import poolAbort from './pool-abort/claim.ts';
import poolErrors from './pool-errors/claim.ts';
import poolQueue from './pool-queue/claim.ts';
import pool from './pool/claim.ts';
import randomStreams from './random-streams/claim.ts';
import realityCheck from './reality-check/claim.ts';
import sameInterface from './same-interface/claim.ts';
import threeCosts from './three-costs/claim.ts';
import webServerCores from './web-server-cores/claim.ts';

export const chapter: Chapter = {
  name: 'processes',
  title: 'Processes: what node:child_process does, and what it does not',
  readme: new URL('../README.md', import.meta.url),
  sections: [
    { title: 'First steps', claims: [helloProcesses, sameInterface] },
    {
      title: 'Speed',
      claims: [cpuScaling, realityCheck, imageTiles, dataAnalysis, randomStreams, webServerCores, drain],
    },
    { title: 'A pool of processes', claims: [pool, poolErrors, poolAbort, poolQueue] },
    { title: 'Crashes, ends and shared files', claims: [isolation, kill, endWithParent, noLocks, fileLock] },
    { title: 'In operation', claims: [gracefulShutdown, childOutput, containers, noOverlap] },
    { title: 'What they cost', claims: [ipcCost, footprint, threeCosts] },
  ],
};
