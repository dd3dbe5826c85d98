// What each lane of a worker runs, a process of its own: BullMQ calls the default export with one job after the other. The
// worker beside it stays free to renew the job's lease, however long a task computes.

import { hostname } from 'node:os';
import type { SandboxedJob } from 'bullmq';
import { bytesOf, checkBatch } from '../queue/payload.ts';
import type { BatchResult, Outcome } from '../queue/payload.ts';
import { findTask } from '../queue/task-file.ts';
import { LANE_VARIABLES } from './lane-variables.ts';
import type { Task } from './task.ts';

const [folder, worker, lanes] = LANE_VARIABLES.map((name) => process.env[name]!) as [string, string, string];
let ended: number | undefined;

/**
 * Runs the task on each input of the job. An error of one is no error of the others; where there is one input only, the job
 * fails by it, and BullMQ tries again.
 */
export default async function lane(job: SandboxedJob): Promise<BatchResult> {
  const started = performance.now();
  const gap = ended === undefined ? undefined : started - ended;
  try {
    const data: unknown = job.data;
    checkBatch(data);
    const { href } = await findTask(data.task, folder);
    const { default: task } = (await import(href)) as { default: Task<unknown, unknown> };
    if (typeof task !== 'function') throw new TypeError(`Expected ${data.task.path} to export a function by default`);

    const outcomes: Outcome[] = [];
    let bytes = 0;
    const begun = performance.now();
    for (const [offset, input] of data.inputs.entries()) {
      const index = data.first + offset;
      try {
        const attempt = data.had + job.attemptsMade + 1;
        const value = await task(input, { index, key: `${job.queueName}/${index}`, attempt });
        if (value !== undefined) bytes += bytesOf(value, 'an output');
        outcomes.push(value === undefined ? {} : { value });
      } catch (error) {
        if (data.inputs.length === 1) throw error;
        outcomes.push({ error: String(error) });
      }
    }
    const work = performance.now() - begun;
    const place = { lane: `${hostname()}:${process.pid}`, worker, lanes: Number(lanes) };
    return { outcomes, work, ...(gap !== undefined && { gap }), bytes, ...place };
  } catch (error) {
    throw new Error(String(error), { cause: error }); // of an error only the message comes back
  } finally {
    ended = performance.now();
  }
}
