import { threadId } from 'node:worker_threads';
import { counted, defineClaim, judgeBounds, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import type { Counted } from '../proof/primes-task.ts';
import { runTask } from './recipe.ts';
import type { Place } from './recipe.ts';

const TASK = new URL('../proof/primes-task.ts', import.meta.url);
const PLACES: readonly Place[] = ['thread', 'process'];
const ROUNDS = 3;

/** What one place did in one round: `true` where it is as it ought to be. */
interface Behaviour {
  readonly 'right answer': boolean;
  readonly 'ran elsewhere': boolean;
  readonly "error: the task's own class, message and stack": boolean;
  readonly 'endless task ended by AbortSignal': boolean;
}

export default defineClaim<Evidence>({
  id: 'processes/same-interface',
  says: 'The interface of processes mirrors that of threads.',
  from: ['QA'],
  answer:
    'One function of a page runs one task file in a thread and in a process, with the same answers, errors and end.',

  async measure({ signal }: Context) {
    const seen: Record<Place, Behaviour[]> = { thread: [], process: [] };
    const times: Record<Place, number[]> = { thread: [], process: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const place of PLACES) {
        signal.throwIfAborted();
        const start = performance.now();
        const answer = await runTask<Counted>(TASK, { limit: 20_000 }, { in: place, signal });
        times[place].push(performance.now() - start);
        seen[place].push({
          'right answer': answer.primes === 2_262, // OEIS A000720
          'ran elsewhere': isElsewhere(place, answer),
          "error: the task's own class, message and stack": await failsAlike(place, signal),
          'endless task ended by AbortSignal': await endsOnAbort(place, signal),
        });
      }
    }
    const parts = Object.keys(seen.thread[0]!) as (keyof Behaviour)[];
    const figures = parts.flatMap((part) =>
      PLACES.map((place) =>
        counted(`${place}: ${part}`, seen[place].filter((behaviour) => behaviour[part]).length, 'rounds', {
          least: ROUNDS,
        }),
      ),
    );
    const alike = parts.filter((part) => PLACES.every((place) => seen[place].every((behaviour) => behaviour[part])));
    return {
      headline: `${alike.length} of ${parts.length} behaviours alike in a thread and in a process: answer, place, error, end`,
      figures: [...figures, ...PLACES.map((place) => sampled(`start, one task, end: ${place}`, times[place], 'ms'))],
    };
  },

  judge: judgeBounds,

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const places = answer as Record<Place, { primes: number; error: string; elsewhere: boolean }>;
    const figures = PLACES.flatMap((place) => [
      counted(`${place}: right answer`, Number(places[place].primes === 2_262), 'of 1', { least: 1 }),
      counted(`${place}: ran elsewhere`, Number(places[place].elsewhere), 'of 1', { least: 1 }),
      counted(`${place}: error kept`, Number(places[place].error === 'ValueError: limit is 1'), 'of 1', { least: 1 }),
    ]);
    const alike = figures.filter(({ median }) => median === 1).length;
    return { figures, headline: `${alike} of ${figures.length} behaviours right`, judgement: judgeBounds({ figures }) };
  }),
});

function isElsewhere(place: Place, answer: Counted): boolean {
  return place === 'thread'
    ? answer.pid === process.pid && answer.threadId !== threadId
    : answer.pid !== process.pid && answer.threadId === 0;
}

async function failsAlike(place: Place, signal: AbortSignal): Promise<boolean> {
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

async function endsOnAbort(place: Place, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.timeout(100);
  try {
    await runTask(TASK, { limit: Infinity }, { in: place, signal: AbortSignal.any([limit, signal]) });
    return false;
  } catch (error) {
    return error === limit.reason;
  }
}
