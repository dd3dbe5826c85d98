// One run: two loops that share what is under way.

import { setTimeout as sleep } from 'node:timers/promises';
import { orAborted } from '../queue/insist.ts';
import type { Outcome } from '../queue/payload.ts';
import { automaticSize, fixedSize } from './batch-size.ts';
import { jobIdOf } from './open-jobs.ts';
import type { OpenJobs } from './open-jobs.ts';
import type { Settings } from './options.ts';
import { sendableOf } from './parts.ts';
import type { Part, Parts } from './parts.ts';
import type { Left } from './resume.ts';
import { settle } from './settle.ts';

/** An input that was given up. */
export interface Failure {
  readonly index: number;
  /** As the last attempt at it threw it: 'RangeError: ...' */
  readonly error: string;
  readonly attempts: number;
}

export interface Distributed<Output> {
  /** In the order of the inputs; undefined where one was given up. */
  readonly results: (Output | undefined)[];
  /** By index. */
  readonly failed: Failure[];
  /** How many inputs a run before, under the same name, had done. */
  readonly resumed: number;
}

export interface Run {
  readonly settings: Settings;
  readonly parts: Parts;
  readonly left: Left;
  readonly jobs: OpenJobs;
  readonly signal: AbortSignal;
  /** How many inputs there are, where they say. */
  readonly total: number | undefined;
}

/** ms between two looks at jobs that are under way, at least and at most. */
const LEAST_PAUSE_MS = 5;
const MOST_PAUSE_MS = 100;
/**
 * One loop pulls inputs and sends jobs while there is room; the other takes what is settled, and makes room by it.
 *
 * @param stop aborts `signal`: where one loop fails, the other ends
 */
export async function runToEnd<Output>(run: Run, stop: AbortController): Promise<Distributed<Output>> {
  const { settings, parts, left, jobs, signal, total } = run;
  const results: (Output | undefined)[] = [];
  const failed: Failure[] = [];
  const size = settings.batch === 'auto' ? automaticSize(total) : fixedSize(settings.batch);
  let [done, resumed, pulled] = [0, 0, 0];
  const pulling = { isOver: false };
  let room = Promise.withResolvers<void>();

  function take(index: number, outcome: Outcome, attempts: number): void {
    if ('error' in outcome) failed.push({ index, error: outcome.error, attempts });
    else results[index] = outcome.value as Output;
    done += 1;
  }

  async function feed(): Promise<void> {
    for (;;) {
      while (jobs.size >= settings.ahead) await orAborted(room.promise, signal);
      const known = left.sizeAt(pulled);
      const wanted = known ?? Math.min(size.next(), left.roomAt(pulled));
      const part = await orAborted(parts.pull(wanted, known !== undefined), signal);
      if (part === undefined) break;
      pulled += part.inputs.length;
      if (known === undefined) await send(part);
      else adopt(part);
    }
    left.checkEnd(pulled);
    results.length = pulled;
    pulling.isOver = true;
  }

  async function send(part: Part): Promise<void> {
    const sendable = sendableOf(part, (index, error) => take(index, { error }, 0));
    await jobs.send(sendable.map((each) => ({ ...each, left: settings.attempts, had: 0 })));
  }

  function adopt(part: Part): void {
    left.check(part);
    jobs.adopt({ ...part, left: settings.attempts, had: 0 });
  }

  async function collect(): Promise<void> {
    let pause = LEAST_PAUSE_MS;
    while (!pulling.isOver || jobs.size > 0) {
      const looked = performance.now();
      const ended = await jobs.look();
      for (const one of ended) {
        const { final, again, result } = settle(one);
        for (const { index, outcome, attempts } of final) take(index, outcome, attempts);
        if (left.hadEnded(jobIdOf(one.part))) resumed += final.length;
        else if (result) size.note(result);
        // In one turn: the inputs of the next job are pulled only once these have their results.
        const sent = again.length > 0 ? jobs.send(again) : undefined;
        jobs.close(one.part);
        await sent;
      }
      if (ended.length > 0) {
        room.resolve();
        room = Promise.withResolvers();
        settings.onProgress({ done, failed: failed.length, resumed, total: pulling.isOver ? pulled : total });
      }
      // A look at many jobs takes a while: looking takes half of the time at most.
      pause = ended.length > 0 ? LEAST_PAUSE_MS : Math.min(MOST_PAUSE_MS, pause * 1.5);
      await sleep(Math.max(pause, performance.now() - looked), undefined, { signal }).catch(() =>
        signal.throwIfAborted(),
      );
    }
  }

  const loops = [feed(), collect()];
  try {
    await Promise.all(loops);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(loops);
    throw error;
  }
  return { results, failed: failed.toSorted((a, b) => a.index - b.index), resumed };
}
