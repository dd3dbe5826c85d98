import { counts, defineClaim } from '@cookbook/lab/claim';
import { measureNamespaces, namespaceLack } from './proof/namespace.ts';
import { measureQuotas, quotaLack } from './proof/quotas.ts';

export default defineClaim({
  id: 'processes/containers',
  question: 'How many CPUs does Node.js see in a container, and why does it ignore SIGTERM there?',
  says: 'Start as many workers as os.cpus() has; a container ends its program by SIGTERM.',
  from: ['ours'],
  inNode: 'no',
  answer:
    "Under a quota of one CPU os.cpus() counts the host's cores, availableCpus() one; as PID 1 Node.js ignores an unhandled SIGTERM and keeps zombies.",
  needs: [quotaLack, namespaceLack],

  async measure(context) {
    const { cpus, available, parallelism, pools } = await measureQuotas(context);
    const { ignored, handled, zombies, init } = await measureNamespaces(context);
    return [
      counts('Under a quota of one CPU os.cpus() counted {cpus}.', cpus),
      parallelism,
      counts(
        'availableCpus() counted {available}, {available-half number} of a half, {available-more number} of 1.5.',
        ...available,
      ),
      ...pools,
      counts('As PID 1 a program went on after a SIGTERM that ended it elsewhere.', ...ignored),
      counts('With endOnSignals it stopped what it did, and ended.', ...handled),
      counts('Orphans that ended left {zombies}.', zombies),
      counts('Below an init they left {zombies-init or none}, and SIGTERM ended the program.', ...init),
    ];
  },
});
