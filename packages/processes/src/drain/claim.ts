import { defineClaim, drawn } from '@cookbook/lab/claim';
import { describeLoads } from '../web-server-cores/proof/server-figures.ts';
import { disconnectedLosesSome, drainedLosesNone, runRestarts } from './proof/restarts.ts';

export default defineClaim({
  id: 'processes/drain',
  question: 'How do I restart a Node.js server without losing requests?',
  says: 'To replace the workers of a cluster while it serves, disconnect them: they finish what they have begun.',
  from: ['ours'],
  inNode: 'only if each worker drains its connections first',
  answer:
    'Restarting all workers of a cluster under load loses no request if each drains before it ends; worker.disconnect() alone loses at least one.',

  async measure(context) {
    const restarts = await runRestarts(context);
    return [
      drainedLosesNone(
        `A restart of ${restarts.workers} workers that drain lost no request of {answered number}, and left no old worker.`,
        restarts,
      ),
      disconnectedLosesSome('By worker.disconnect() alone a restart lost {lost-without}.', restarts),
      drawn({ notes: describeLoads([restarts.disconnected, restarts.drained]) }),
    ];
  },
});
