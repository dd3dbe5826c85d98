// The jobs of a run that are not settled, in the queue and here.

import type { Job } from 'bullmq';
import { insist } from '../queue/insist.ts';
import type { BatchData, BatchResult, TaskName } from '../queue/payload.ts';
import type { RunQueue } from '../queue/runs.ts';
import type { Part } from './parts.ts';

/** A part whose job is under way. */
export interface OpenPart extends Part {
  /** Attempts that each of its inputs has left, this one included, and had before. */
  readonly left: number;
  readonly had: number;
}

/** A job that has ended. What it once failed by stays with a job that succeeds later: only its state says how it ended. */
export interface EndedJob {
  readonly part: OpenPart;
  readonly job: Pick<Job<BatchData, BatchResult>, 'id' | 'returnvalue' | 'failedReason' | 'attemptsMade'>;
  readonly state: 'completed' | 'failed';
}

export interface OpenJobs {
  readonly size: number;
  /** Sends jobs; one that is there already, from a run before, stays as it is. */
  send(parts: readonly OpenPart[]): Promise<void>;
  /** Waits for a job that is there already. */
  adopt(part: OpenPart): void;
  /** Those that have ended, again and again until they are closed. */
  look(): Promise<EndedJob[]>;
  /** It is settled: its place is free. */
  close(part: OpenPart): void;
}

/** ms before the second attempt at an input; doubled for each further one. */
const BACKOFF_MS = 100;

/** How the name of a part's first job begins. */
export const FIRST_JOB = 'part-';

/** The name of a part's job, the same when a run is resumed: its first one, or that of one input that is tried again. */
export function jobIdOf({ first, had }: Pick<OpenPart, 'first' | 'had'>): string {
  return `${had === 0 ? FIRST_JOB : 'again-'}${first}`;
}

export function openJobs(queue: RunQueue, task: TaskName, signal: AbortSignal): OpenJobs {
  const open = new Map<string, OpenPart>();
  let settledAtLastLook = -1;
  const ask = <T>(question: () => Promise<T>): Promise<T> => insist(question, { signal });

  return {
    get size() {
      return open.size;
    },
    async send(parts) {
      for (const part of parts) open.set(jobIdOf(part), part);
      await ask(() => queue.addBulk(parts.map((part) => jobOf(part, task))));
      if (parts.some(({ had }) => had > 0)) settledAtLastLook = -1; // it may have ended in a run before this one
    },
    adopt: (part) => {
      open.set(jobIdOf(part), part);
      settledAtLastLook = -1;
    },
    async look() {
      // Events of a job's end get lost where several workers are at work (BullMQ 6.7 on PostgreSQL): states do not.
      const counts = await ask(() => queue.getJobCounts('completed', 'failed'));
      const settled = (counts['completed'] ?? 0) + (counts['failed'] ?? 0);
      if (settled === settledAtLastLook) return [];
      settledAtLastLook = settled;
      const ended = await Promise.all(
        [...open].map(async ([id, part]): Promise<EndedJob[]> => {
          const state = await ask(() => queue.getJobState(id));
          if (state !== 'completed' && state !== 'failed') return [];
          const job = await ask(() => queue.getJob(id));
          return job ? [{ part, job, state }] : [];
        }),
      );
      return ended.flat();
    },
    close: (part) => void open.delete(jobIdOf(part)),
  };
}

/** A job of one input is tried again by BullMQ; one of many never fails by an input, and is not repeated for it. */
function jobOf(part: OpenPart, task: TaskName) {
  const { first, inputs, left, had } = part;
  return {
    name: 'part',
    data: { task, first, inputs, had },
    opts: {
      jobId: jobIdOf(part),
      attempts: inputs.length === 1 ? left : 1,
      backoff: { type: 'exponential', delay: BACKOFF_MS },
    },
  };
}
