import { counted, counts, defineClaim } from '@cookbook/lab/claim';
import { cell, REQUESTS, seeContexts } from './proof/cells.ts';

export default defineClaim({
  id: 'async-io/context',
  question: 'Why does AsyncLocalStorage lose my request id, or show that of another request?',
  says: 'AsyncLocalStorage follows a request wherever it goes.',
  from: ['ours'],
  inNode: 'only if no shared connection, queue or thread lies between',
  answer:
    'AsyncLocalStorage survives await, timers and Promise.all; a listener on a shared connection sees the request that opened it, a worker none.',

  async measure({ signal }) {
    const seen = await seeContexts(signal);
    const queued = seen.get('a queue of functions')!;
    return [
      counts(
        'After an await {await} saw their own id, as after a timer, Promise.all and p-limit.',
        cell('await', 'an await', 'own', seen),
        cell('timer', 'a timer', 'own', seen),
        cell('all', 'Promise.all', 'own', seen),
        cell('limit', 'a limit of p-limit', 'own', seen),
      ),
      counts(
        'In a listener on a shared connection {listener} saw the one that had opened it; bound, {bound number} saw their own.',
        cell('listener', 'a listener on a shared connection', 'other', seen),
        cell('bound', 'the listener, bound', 'own', seen),
      ),
      counts(
        'In a queue of functions {queue} saw another, bound none.',
        counted('queue', 'through a queue of functions: not their own', REQUESTS - queued.own, 'requests', {
          least: 1,
        }),
        cell('queue-bound', 'the queue, bound', 'own', seen),
      ),
      counts(
        'In a worker {worker} saw none; posted along, {posted number} saw their own.',
        cell('worker', 'a message to a worker', 'none', seen),
        cell('posted', 'a message posted with its request', 'own', seen),
      ),
    ];
  },
});
