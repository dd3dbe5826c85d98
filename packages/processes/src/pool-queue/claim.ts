import { counts, defineClaim } from '@cookbook/lab/claim';
import { fillQueue } from './proof/burst.ts';

export default defineClaim({
  id: 'processes/pool-queue',
  question: 'How do I limit how many tasks wait in a process pool?',
  says: 'A pool takes as many tasks as it is given.',
  from: ['ours'],
  inNode: 'only if its `maxQueue` is left out',
  answer: 'A pool of one process with a queue of 4 accepts 5 of 15 tasks at once; runAll, 5 at a time, does all 15.',

  async measure() {
    const { accepted, refused, waited } = await fillQueue();
    return [
      counts(
        'Of 15 tasks at once, one process with a queue of 4 accepted {accepted number} and refused {refused number}.',
        accepted,
        refused,
      ),
      counts('Handed over 5 at a time, {done number} of 15 were done.', waited),
    ];
  },
});
