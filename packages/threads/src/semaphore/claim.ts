import { counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { mostPermitsOut, openFooBar, pairsOutOfTurn } from './proof/turns.ts';

const TIMES = 3_000;
const PERMITS = 2;
const THREADS = 4;
const PAIRS = [5, 5] as const;

export default defineClaim({
  id: 'threads/semaphore',
  says: 'Semaphores make two threads print Foo and Bar alternately.',
  from: ['MM'],
  answer: `Two workers print FooBar ${TIMES.toLocaleString('en-US')} times in strict turn by two semaphores; of ${PERMITS} permits no more than ${PERMITS} are ever out.`,

  async measure(context: Context) {
    const fooBar = openFooBar();
    try {
      const outOfTurn: Record<'alone' | 'semaphores' | 'one word', number> = { alone: 0, semaphores: 0, 'one word': 0 };
      const turns = async (way: keyof typeof outOfTurn): Promise<number> => {
        const { text, microsecondsPerTurn } = await fooBar.run(way, TIMES);
        outOfTurn[way] += pairsOutOfTurn(text);
        return microsecondsPerTurn;
      };
      await turns('alone');
      const cost = await comparePairs(
        () => turns('semaphores'),
        () => turns('one word'),
        { context, pairs: PAIRS },
      );
      const most = await mostPermitsOut(PERMITS, THREADS, TIMES);
      const pairs = (TIMES * (cost.a.length + 1)).toLocaleString('en-US');
      return {
        headline: `FooBar ${pairs} times, ${outOfTurn.semaphores} out of turn; ${outOfTurn.alone} of ${TIMES.toLocaleString('en-US')} without semaphores`,
        figures: [
          counted('semaphores: pairs that are not FooBar', outOfTurn.semaphores, 'pairs', { most: 0 }),
          counted('one word: pairs that are not FooBar', outOfTurn['one word'], 'pairs', { most: 0 }),
          counted('alone: pairs that are not FooBar', outOfTurn.alone, 'pairs', { least: 1 }),
          counted(`most permits out at once, of ${PERMITS}, ${THREADS} threads`, most, 'permits', {
            least: PERMITS,
            most: PERMITS,
          }),
          ratioFigure('CPU time of a turn by semaphores / by one word', cost),
        ],
      };
    } finally {
      await fooBar.close();
    }
  },

  judge: judgeBounds,

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { text, times } = answer as { text: string; times: number };
    const wrong = pairsOutOfTurn(text) + Math.abs(times - text.length / 'FooBar'.length);
    const figures = [counted('pairs that are not FooBar', wrong, 'pairs', { most: 0 })];
    return { figures, headline: `FooBar ${times} times, ${wrong} out of turn`, judgement: judgeBounds({ figures }) };
  }),
});
