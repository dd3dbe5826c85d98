// The chapter in reading order.

import type { Chapter } from '@cookbook/lab/claim';
import adaptiveLimit from './adaptive-limit/claim.ts';
import asyncPlusThreads from './async-plus-threads/claim.ts';
import backPressure from './back-pressure/claim.ts';
import batching from './batching/claim.ts';
import cheapTasks from './cheap-tasks/claim.ts';
import concurrencyVsParallelism from './concurrency-vs-parallelism/claim.ts';
import context from './context/claim.ts';
import databaseLostUpdate from './database-lost-update/claim.ts';
import databasePool from './database-pool/claim.ts';
import databaseSyncDriver from './database-sync-driver/claim.ts';
import failFast from './fail-fast/claim.ts';
import faults from './faults/claim.ts';
import fetchCost from './fetch-cost/claim.ts';
import files from './files/claim.ts';
import filesInWorker from './files-in-worker/claim.ts';
import howManyAtOnce from './how-many-at-once/claim.ts';
import httpConnections from './http-connections/claim.ts';
import ioInWorkers from './io-in-workers/claim.ts';
import keptConnections from './kept-connections/claim.ts';
import loadShedding from './load-shedding/claim.ts';
import network from './network/claim.ts';
import poolDeadlock from './pool-deadlock/claim.ts';
import rateLimit from './rate-limit/claim.ts';
import retry from './retry/claim.ts';
import sequentialAwait from './sequential-await/claim.ts';
import signalLeaks from './signal-leaks/claim.ts';
import singleFlight from './single-flight/claim.ts';
import timeoutsAndCancel from './timeouts-and-cancel/claim.ts';
import tooManyOpenFiles from './too-many-open-files/claim.ts';
import unbounded from './unbounded/claim.ts';
import webServer from './web-server/claim.ts';
import websocket from './websocket/claim.ts';

export const chapter: Chapter = {
  name: 'async-io',
  title: 'Async I/O: what one thread can do while it waits',
  readme: new URL('../README.md', import.meta.url),
  sections: [
    { title: 'First steps', claims: [concurrencyVsParallelism, cheapTasks] },
    { title: 'Requests', claims: [network, httpConnections, fetchCost, howManyAtOnce, rateLimit, adaptiveLimit] },
    { title: 'Files and streams', claims: [files, filesInWorker, tooManyOpenFiles, backPressure] },
    {
      title: 'Databases',
      claims: [databasePool, poolDeadlock, batching, singleFlight, databaseLostUpdate, databaseSyncDriver],
    },
    { title: 'Serving', claims: [webServer, loadShedding, context, websocket] },
    { title: 'With threads', claims: [asyncPlusThreads] },
    {
      title: 'When things go wrong',
      claims: [timeoutsAndCancel, signalLeaks, retry, keptConnections, failFast, faults],
    },
    { title: 'Where it loses', claims: [sequentialAwait, unbounded, ioInWorkers] },
  ],
};
