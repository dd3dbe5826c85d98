import { counted, defineClaim, describeValue, judgeBounds } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { measure } from '@cookbook/lab/host';
import { pythonHalf } from '@cookbook/lab/python';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { openContest } from '../mutex/contest.ts';
import { openPump } from './recipe.ts';
import type { Job } from './recipe.ts';

const CLIENTS = 2;
const ROUNDS = 5;
const TIMES = 1_000;
const TIMES_UNANSWERED = 10_000;
const ADDS = 1_000_000;

export default defineClaim({
  id: 'threads/message-pump',
  says: 'With a queue or a message pump no manual synchronisation is needed.',
  from: ['QA'],
  answer:
    'Two workers that command one owner of the state by message lose no update and need no lock, where a change is one message; a command costs hundreds to thousands of times an Atomics.add.',

  async measure(context: Context) {
    const lost: Record<Job['way'], number> = { 'get, then set': 0, add: 0, 'add, unanswered': 0 };
    const pump = openPump(CLIENTS);
    const contest = openContest(CLIENTS);
    /** ns of CPU time of the whole process for each command. */
    const commands = async (way: Job['way'], times: number): Promise<number> => {
      const { result, cpu } = await measure(
        () => pump.run(way, times),
        () => {},
      );
      lost[way] += Math.abs(CLIENTS * times - result);
      return (cpu * 1e6) / (CLIENTS * times);
    };
    const adds = async (): Promise<number> => (await contest.run('Atomics.add', ADDS)).nsPerCount;
    try {
      for (let round = 0; round < ROUNDS; round++) {
        context.signal.throwIfAborted();
        await commands('get, then set', TIMES / 10);
      }
      const pairs = { context, pairs: [ROUNDS, ROUNDS] as const };
      const answered = ratioFigure(
        'CPU time of a command and its answer / of an Atomics.add',
        await comparePairs(() => commands('add', TIMES), adds, pairs),
        { least: 2 },
      );
      const unanswered = ratioFigure(
        'CPU time of a command without answer / of an Atomics.add',
        await comparePairs(() => commands('add, unanswered', TIMES_UNANSWERED), adds, pairs),
        { least: 2 },
      );
      return {
        headline: `one message a change: ${lost.add + lost['add, unanswered']} updates lost, two: ${lost['get, then set']}; a command costs ${describeValue(answered)} an Atomics.add`,
        figures: [
          counted('add: updates lost', lost.add, 'updates', { most: 0 }),
          counted('add, unanswered: updates lost', lost['add, unanswered'], 'updates', { most: 0 }),
          // At least once a round: both clients have their answer before either goes on.
          counted('get, then set: updates lost', lost['get, then set'], 'updates', { least: ROUNDS }),
          answered,
          unanswered,
        ],
      };
    } finally {
      await Promise.all([pump.close(), contest.close()]);
    }
  },

  judge: judgeBounds,

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { counted: count, expected } = answer as Record<'counted' | 'expected', number>;
    const figures = [counted('updates lost', Math.abs(expected - count), 'updates', { most: 0 })];
    const headline = `${expected - count} of ${expected.toLocaleString('en-US')} updates lost through a queue.Queue`;
    return { figures, headline, judgement: judgeBounds({ figures }) };
  }),
});
