import { workerData } from 'node:worker_threads';
import { runUnit } from '@cookbook/lab/workload';
import type { Unit } from '@cookbook/lab/workload';

runUnit(workerData as Unit);
