// What a run before this one, under the same name, has left in the queue.

import { insist } from '../queue/insist.ts';
import type { TaskName } from '../queue/payload.ts';
import type { RunQueue } from '../queue/runs.ts';
import { FIRST_JOB } from './open-jobs.ts';
import { digestOf } from './parts.ts';
import type { Part } from './parts.ts';

export interface Left {
  /** How many inputs the job has that begins with this one; undefined where there is none. */
  sizeAt(first: number): number | undefined;
  /** How many inputs there are from this one to the next that has a job. */
  roomAt(first: number): number;
  /** Whether a job had ended when the run began. */
  hadEnded(jobId: string): boolean;
  /** @throws Error where these are not the inputs that the job has */
  check(part: Part): void;
  /** @throws Error where it had more inputs than this one */
  checkEnd(total: number): void;
}

/** In the order in which a job goes through them: one that goes on meanwhile is met again, and none is missed. */
const STATES = ['waiting', 'delayed', 'active', 'waiting', 'completed', 'failed'] as const;

/** So many jobs are read at once: each brings its inputs. */
const PAGE = 200;

/**
 * Reads the jobs of a run, all of them.
 *
 * @throws Error where they are of another task, or of another version of it
 */
export async function readLeft(queue: RunQueue, name: string, task: TaskName, signal: AbortSignal): Promise<Left> {
  const sizes = new Map<number, { readonly size: number; readonly digest: string }>();
  const ended = new Set<string>();
  for (const state of STATES) {
    for (let from = 0; ; from += PAGE) {
      const jobs = await insist(() => queue.getJobs([state], from, from + PAGE - 1, true), { signal });
      for (const job of jobs) {
        if (job?.id === undefined) continue; // it has gone on since it was listed
        if (state === 'completed' || state === 'failed') ended.add(job.id);
        if (!job.id.startsWith(FIRST_JOB)) continue;
        const { task: itsTask, first, inputs } = job.data;
        if (itsTask.path !== task.path || itsTask.digest !== task.digest) {
          throw otherRun(name, 'another task, or another version of it');
        }
        sizes.set(first, { size: inputs.length, digest: digestOf(inputs) });
      }
      if (jobs.length < PAGE) break;
    }
  }
  const firsts = [...sizes.keys()].toSorted((a, b) => a - b);
  return {
    sizeAt: (first) => sizes.get(first)?.size,
    roomAt: (first) => (firsts.find((next) => next > first) ?? Infinity) - first,
    hadEnded: (jobId) => ended.has(jobId),
    check(part) {
      if (sizes.get(part.first)?.digest === digestOf(part.inputs)) return;
      throw otherRun(name, `other inputs from ${part.first} on`);
    },
    checkEnd(total) {
      if (sizes.keys().some((first) => first >= total)) throw otherRun(name, `more than ${total} inputs`);
    },
  };
}

function otherRun(name: string, what: string): Error {
  return new Error(
    `Expected the run '${name}' to go on as it began, it began with ${what}: give this one another name`,
  );
}
