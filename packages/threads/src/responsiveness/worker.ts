import { workerData } from 'node:worker_threads';
import { runUnit } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';

runUnit(workerData as Unit);
