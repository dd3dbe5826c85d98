// The runs that are under way. Each has a queue of its own, which cannot mix with another run's; one more queue, whose jobs
// nobody takes, lists them for the workers.

import type { Queue } from 'bullmq';
import type { Backend } from './connection.ts';
import type { BatchData, BatchResult } from './payload.ts';

export type RunQueue = Queue<BatchData, BatchResult>;

const LIST = 'cookbook-runs';
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** @throws TypeError where it is no name for a run: it becomes part of the names of tables' rows and of keys */
export function checkRunName(name: string): void {
  if (NAME.test(name)) return;
  const got = JSON.stringify(name).slice(0, 60);
  throw new TypeError(`Expected \`name\` to be a letter and up to 39 letters, digits, - and _, got ${got}`);
}

/** The name of a run's queue. */
export function queueOf(run: string): string {
  return `cookbook-run-${run}`;
}

export interface Runs {
  /** Shows a run to the workers; one that they see already stays. */
  announce(run: string): Promise<void>;
  /** Workers finish what they have of it, and take no more. What is done is kept. */
  withdraw(run: string): Promise<void>;
  /** Names of all that are under way. */
  list(): Promise<string[]>;
  close(): Promise<void>;
}

export function openRuns(backend: Backend): Runs {
  const queue = backend.openQueue<null, null>(LIST);
  return {
    announce: async (run) => void (await queue.add('run', null, { jobId: run })),
    withdraw: async (run) => void (await queue.remove(run)),
    list: async () => (await queue.getJobs(['waiting'])).flatMap((job) => (NAME.test(job?.id ?? '') ? [job.id!] : [])),
    close: () => queue.close(),
  };
}
