// What a lane knows about itself: when it worked, how much CPU time that took, and how long it stood in the queue for a
// core. Everything a lane does for a unit belongs inside the probe, the wait for a lock too: else a mutex looks parallel.

import { readlinkSync } from 'node:fs';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import { now, waitingTime } from './clock.ts';
import { noteComputing } from './spans.ts';
import type { Computing } from './spans.ts';

/** What a lane reports of one unit of work. Times are in ms on the monotonic clock that all processes share. */
export interface LaneReport {
  /** Which thread of which process did the work: '4711:2'. */
  readonly lane: string;
  /** Its number among all threads of the system; left out where that is not known. */
  readonly thread?: number;
  readonly started: number;
  readonly ended: number;
  /** CPU time of the thread, user and system; the clock steps by up to 4 ms. */
  readonly cpu: number;
  /** Time for which the thread could have run but had no core; undefined where the system does not say. */
  readonly waited: number | undefined;
  /** The same since the end of the thread's previous unit: it had been woken for this one, and waited to begin. */
  readonly waitedBefore: number | undefined;
  /** When it computed; left out where the work marks no pieces. */
  readonly computing?: Computing;
}

const thread = readThread();
let waitedAtPreviousEnd: number | undefined;

/**
 * Runs `work` on this thread and reports what it took. An error of `work` passes through.
 *
 * Synchronous on purpose: between two turns of the event loop another task's CPU time would be counted as this one's.
 */
export function probe(work: () => void): LaneReport {
  const waitedAtStart = waitingTime();
  const cpuAtStart = process.threadCpuUsage();
  const started = now();
  const computing = noteComputing(work);
  const ended = now();
  const { user, system } = process.threadCpuUsage(cpuAtStart);
  const waitedAtEnd = waitingTime();

  const report = {
    lane: `${process.pid}:${threadId}`,
    ...(thread !== undefined && { thread }),
    started,
    ended,
    cpu: (user + system) / 1_000,
    waited: difference(waitedAtEnd, waitedAtStart),
    waitedBefore: difference(waitedAtStart, waitedAtPreviousEnd),
    ...(computing && { computing }),
  };
  waitedAtPreviousEnd = waitedAtEnd;
  return report;
}

/** Linux alone says it: 4711 of '4708/task/4711'. */
function readThread(): number | undefined {
  try {
    return Number(path.basename(readlinkSync('/proc/thread-self')));
  } catch {
    return undefined;
  }
}

function difference(to: number | undefined, from: number | undefined): number | undefined {
  return to === undefined || from === undefined ? undefined : to - from;
}
