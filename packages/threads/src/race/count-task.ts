// What each thread runs: it waits until all threads have arrived, so that they count at the same time, and counts.

import { workerData } from 'node:worker_threads';
import { ways } from './recipe.ts';
import type { Job } from './recipe.ts';

const ARRIVED = 2;

const { way, times, threads, memory } = workerData as Job;

if (Atomics.add(memory, ARRIVED, 1) === threads - 1) Atomics.notify(memory, ARRIVED);
for (let here; (here = Atomics.load(memory, ARRIVED)) < threads;) Atomics.wait(memory, ARRIVED, here);

ways[way](memory, times);
