import { Piscina } from 'piscina';
import { counted, counts, defineClaim, exactly, shown } from '@cookbook/lab/claim';
import { BURST, MAX_QUEUE, runBurst } from './proof/burst.ts';

export default defineClaim({
  id: 'threads/pool-backpressure',
  question: 'How do I limit the queue of a thread pool so that callers wait (backpressure)?',
  says: 'A pool with a bounded queue makes its callers wait.',
  from: ['ours'],
  inNode: 'only if callers wait for a place',
  answer:
    "Piscina's maxQueue of 4 refuses at least 15 of 20 tasks at once; a pool whose callers first wait for a place refuses none.",

  async measure() {
    const { refused, refusedWithSignal, refusedWithPlaces, mostInside, times } = await runBurst();
    const least = BURST - MAX_QUEUE - 1;
    const unit = `of ${BURST}`;
    return [
      counts(
        `Of a burst of ${BURST} tasks Piscina's own queue refused {refused number}.`,
        counted('refused', 'burst on a bounded queue: refused by Piscina', refused, unit, { least }),
      ),
      counts(
        `With places for callers to wait for, none was refused, and at most {most-inside number} were in the pool at once.`,
        counted('refused-places', 'the same with a place each: refused', refusedWithPlaces, unit, { most: 0 }),
        counted('most-inside', 'the same with places: most in the pool', mostInside, 'tasks', exactly(MAX_QUEUE + 1)),
      ),
      {
        ...shown(
          '',
          counted('refused-signal', 'burst with a signal: refused by Piscina', refusedWithSignal, unit),
          ...times,
        ),
        notes: [
          `Piscina ${Piscina.version} with a queue of ${MAX_QUEUE} and one thread accepted ${BURST - refused} of ${BURST} tasks, and ${BURST - refusedWithSignal} of ${BURST} that carried a signal.`,
        ],
      },
    ];
  },
});
