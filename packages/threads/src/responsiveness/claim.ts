import { defineClaim, intervals } from '@cookbook/lab/claim';
import { figuresOf, measureStops, ROUNDS, WORK_MS } from './proof/loop-stops.ts';

export default defineClaim({
  id: 'threads/responsiveness',
  question: 'How do I keep the event loop responsive during a long computation?',
  says: 'Threads keep a user interface responsive.',
  from: ['MM', 'QA'],
  inNode: 'yes',
  answer:
    'A computation inline blocks the event loop for at least 0.9 of its time; in a worker thread, or in slices, for at most 0.4.',

  async measure(context) {
    const stops = await measureStops(context);
    return [
      intervals(
        'The event loop stopped for {inline-longest} while a computation ran inline.',
        ...figuresOf('inline', stops),
      ),
      intervals(
        'With the computation in a worker thread the longest stop was {worker-longest}, in slices {slices-longest}.',
        ...figuresOf('worker', stops),
        ...figuresOf('slices', stops),
      ),
      { figures: [], notes: [`${ROUNDS} rounds of a computation of about ${WORK_MS} ms; a clock ticks every 25 ms.`] },
    ];
  },
});
