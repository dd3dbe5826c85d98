import { counted, counts, defineClaim, shown } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { pairsOutOfTurn, printRounds } from './proof/foo-bar.ts';
import { permitFigures } from './proof/permits.ts';

const TIMES = 3_000;

export default defineClaim({
  id: 'threads/semaphore',
  question: 'How do two worker threads take turns?',
  says: 'Semaphores make two threads print Foo and Bar alternately.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'Two semaphores make two worker threads alternate strictly: FooBar 3,000 times. Of 2 permits exactly 2 are out at most.',

  async measure(context) {
    const { pairs, outOfTurn, cost } = await printRounds(TIMES, context);
    return [
      counts(
        'Two threads printed FooBar {pairs} by two semaphores, {out-of-turn or none} out of turn; without them {alone} were.',
        counted('pairs', 'semaphores: FooBar printed', pairs.semaphores, 'times'),
        counted('out-of-turn', 'semaphores: pairs that are not FooBar', outOfTurn.semaphores, 'pairs', { most: 0 }),
        counted('one-word', 'one word: pairs that are not FooBar', outOfTurn['one word'], 'pairs', { most: 0 }),
        counted('alone', 'alone: pairs that are not FooBar', outOfTurn.alone, 'of 3,000 pairs', { least: 1 }),
      ),
      counts(
        'Of 2 permits for four threads at most {permits-out number} were out at once.',
        ...(await permitFigures()),
      ),
      shown('', cost),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { text, times } = answer as { text: string; times: number };
    const wrong = pairsOutOfTurn(text) + Math.abs(times - text.length / 'FooBar'.length);
    return counts(
      'FooBar was printed {pairs}, {out-of-turn or none} out of turn.',
      counted('pairs', 'FooBar printed', times, 'times'),
      counted('out-of-turn', 'pairs that are not FooBar, or missing', wrong, 'pairs', { most: 0 }),
    );
  }),
});
