// The thread behind `workerLanes`.

import { parentPort, workerData } from 'node:worker_threads';
import type { LaneReport } from '../task/probe.ts';
import type { Unit } from '../task/workload.ts';

const { task, data } = workerData as { task: string; data: unknown };
const { default: run } = (await import(task)) as { default: (unit: Unit, data: unknown) => LaneReport };

parentPort!.on('message', (unit: Unit) => parentPort!.postMessage(run(unit, data)));
