// Hands take one job at a time: threads or processes whose jobs are made, and whose answers are used, where the next one
// is handed out. So no more inputs exist at a time than there are hands.

import type { Lanes } from '@cookbook/lab/speedup';
import { now, waitingTime } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { openThreads } from '@cookbook/threads';
import type { Threads } from '@cookbook/threads';
import { openProcesses } from './cpu-scaling/recipe.ts';

export interface Hand {
  close(): Promise<void>;
}

/** Does the jobs from 0 to `count` - 1, each with the hand that is free; answers are in the order of the jobs. */
export async function handOut<H extends Hand, Answer>(
  hands: readonly H[],
  count: number,
  work: (hand: H, job: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  await Promise.all(
    hands.map(async (hand) => {
      while (next < count) {
        const job = next++;
        answers[job] = await work(hand, job);
      }
    }),
  );
  return answers;
}

/**
 * Hands as the lab's lanes: the n-th unit of a run is the n-th job. A job ends when its answer is here, so that what its
 * message costs counts against it; the time for which this thread had no core to take it does not.
 */
export function lanesOf<H extends Hand>(
  hands: readonly H[],
  work: (hand: H, job: number, unit: Unit) => Promise<LaneReport>,
): Lanes {
  return {
    run: (units) =>
      handOut(hands, units.length, async (hand, job) => {
        const waitedAtStart = waitingTime() ?? 0;
        const report = await work(hand, job, units[job]!);
        return untilHere(report, now(), (waitingTime() ?? 0) - waitedAtStart);
      }),
    close: () => closeAll(hands),
  };
}

/**
 * The report of a lane whose answer was here at `here`, after this thread had `waited` ms for a core on the way. That
 * counts for no more than the gaps before the lane's start, which the lab sees to, and after its end: while the lane
 * worked, this thread delayed nothing.
 */
export function untilHere(report: LaneReport, here: number, waited: number): LaneReport {
  if (report.waited === undefined) return report;
  return {
    ...report,
    ended: here,
    waited: report.waited + Math.min(waited, Math.max(0, here - report.ended)),
    waitedBefore: (report.waitedBefore ?? 0) + waited,
  };
}

/** A hand that runs the default export of one module. */
export interface TaskHand<Job, Answer> extends Hand {
  ask(job: Job): Promise<Answer>;
}

export type Place = 'inline' | 'thread' | 'process';

/** Opens hands for the module `task`: on this thread, where they take turns, in worker threads or in forked processes. */
export async function openHands<Job extends object, Answer>(
  place: Place,
  task: URL,
  count: number,
): Promise<TaskHand<Job, Answer>[]> {
  if (place === 'inline') {
    const { default: run } = (await import(task.href)) as { default: (job: Job) => Answer };
    return Array.from({ length: count }, () => ({ ask: async (job) => run(job), close: async () => {} }));
  }
  const open = (): Threads<Job, Answer> =>
    place === 'thread' ? openThreads(task, 1) : openProcesses(task, 1, 'advanced');
  return Array.from({ length: count }, () => {
    const one = open();
    return { ask: async (job) => (await one.run([job]))[0]!, close: () => one.close() };
  });
}

export async function closeAll(hands: readonly Hand[]): Promise<void> {
  await Promise.all(hands.map((hand) => hand.close()));
}
