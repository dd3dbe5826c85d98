// What a task does in a thread and in a process, round by round.

import { isDeepStrictEqual } from 'node:util';
import { threadId } from 'node:worker_threads';
import { counted, sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { timed } from '@cookbook/lab/task';
import type { Counted } from '../../proof/primes-task.ts';
import { withinLimit } from '../../proof/within-limit.ts';
import { runTask } from '../recipe.ts';
import type { Place } from '../recipe.ts';

const TASK = new URL('../../proof/primes-task.ts', import.meta.url);
const TIMER = new URL('./timer-task.ts', import.meta.url);
const ECHO = new URL('./echo-task.ts', import.meta.url);
const PLACES: readonly Place[] = ['thread', 'process'];
const ROUNDS = 3;
/** ms for an endless task to start and to be ended: one that nothing ends is not awaited for ever. */
const LONGEST_MS = 20_000;

/** The behaviours that a thread and a process have in common, by key, and what is expected of each. */
const BEHAVIOURS = {
  answer: 'right answer',
  place: 'ran elsewhere',
  types: 'types of its input and output kept',
  error: "error with the task's own class, message and stack",
  timer: 'error of a timer with its own class, message and cause',
  end: 'endless task ended by AbortSignal',
} as const;

type Behaviour = keyof typeof BEHAVIOURS;
type Seen = Readonly<Record<Behaviour, boolean>>;

/** Figures of every behaviour in both places, such as 'thread-answer', and of what a task took, such as 'thread-time'. */
export async function compareBehaviours({ signal }: Context): Promise<{ behaviours: Figure[]; times: Figure[] }> {
  const seen: Record<Place, Seen[]> = { thread: [], process: [] };
  const times: Record<Place, number[]> = { thread: [], process: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const place of PLACES) {
      signal.throwIfAborted();
      let answer: Counted | undefined;
      const run = async () => (answer = await runTask<Counted>(TASK, { limit: 20_000 }, { in: place, signal }));
      times[place].push(await timed(run));
      seen[place].push({
        answer: answer?.primes === 2_262, // OEIS A000720
        place: isElsewhere(place, answer!),
        types: await keepsTypes(place, signal),
        error: await keepsError(place, signal),
        timer: await keepsErrorOfTimer(place, signal),
        end: await endsOnAbort(place, signal),
      });
    }
  }
  return {
    behaviours: (Object.keys(BEHAVIOURS) as Behaviour[]).flatMap((key) =>
      PLACES.map((place) => {
        const rounds = seen[place].filter((behaviour) => behaviour[key]).length;
        return counted(`${place}-${key}`, `${place}: ${BEHAVIOURS[key]}`, rounds, 'rounds', { least: ROUNDS });
      }),
    ),
    times: PLACES.map((place) => sampled(`${place}-time`, `start, one task and end: ${place}`, times[place], 'ms')),
  };
}

function isElsewhere(place: Place, answer: Counted): boolean {
  return place === 'thread'
    ? answer.pid === process.pid && answer.threadId !== threadId
    : answer.pid !== process.pid && answer.threadId === 0;
}

/** What JSON would lose. */
async function keepsTypes(place: Place, signal: AbortSignal): Promise<boolean> {
  const input = { at: new Date(0), counts: new Map([['a', 1n]]), bytes: Uint8Array.of(1, 2), none: undefined };
  return isDeepStrictEqual(await runTask(ECHO, input, { in: place, signal }), input);
}

async function keepsError(place: Place, signal: AbortSignal): Promise<boolean> {
  try {
    await runTask(TASK, { limit: 1 }, { in: place, signal });
    return false;
  } catch (error) {
    return (
      error instanceof RangeError &&
      error.message === 'Expected `limit` to be a number from 2 up, got 1' &&
      error.stack!.includes('primes-task.ts')
    );
  }
}

async function keepsErrorOfTimer(place: Place, signal: AbortSignal): Promise<boolean> {
  const error: unknown = await runTask(TIMER, undefined, { in: place, signal }).catch((reason: unknown) => reason);
  return (
    error instanceof TypeError &&
    error.message === 'thrown by a timer' &&
    (error.cause as Error).message === 'its cause'
  );
}

async function endsOnAbort(place: Place, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.timeout(100);
  try {
    const options = { in: place, signal: AbortSignal.any([limit, signal]) };
    await withinLimit(() => runTask(TASK, { limit: Infinity }, options), LONGEST_MS, 'an endless task');
    return false;
  } catch (error) {
    return error === limit.reason;
  }
}
