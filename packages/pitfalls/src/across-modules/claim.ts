import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, instancesOnThisThread, liveAndCopied, trap, trapInFork } from './recipe.ts';

export default claimOf(pitfall, {
  says: 'Shared references change how data flows between modules.',
  from: ['RC'],
  answer:
    'Importers on one thread share module state, live; a worker and a forked process each start it afresh: after 3 visits here they read 0.',

  async count() {
    const [trapped, forked] = [await trap(), await trapInFork()];
    const { same, other } = await instancesOnThisThread();
    return {
      headline: `visits counted here ${trapped.here}, read by a worker ${trapped.imported}, by a fork ${forked}`,
      figures: [
        exactly('visits read on this thread', trapped.here, 3, 'visits'),
        exactly('visits read by a worker', trapped.imported, 0, 'visits'),
        exactly('visits read by a fork', forked, 0, 'visits'),
        exactly('a second import gave the same object', Number(same), 1, 'times'),
        exactly('an import under another URL gave the same object', Number(other), 0, 'times'),
        exactly('change of an exported let seen by its importer', liveAndCopied().live, 1, 'visits'),
        exactly('visits that the worker was told', (await fix()).told, 3, 'visits'),
        exactly('shared number after 3 here and 1 in the worker', (await cheaperFix()).here, 4, 'visits'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ copied, live, thread, process }: Record<'copied' | 'live' | 'thread' | 'process', number>) => ({
      headline: `after 3 visits: by module name ${live}, by "from ... import" ${copied}, in a thread ${thread}, in a process ${process}`,
      figures: [
        exactly('read as module.total', live, 3, 'visits'),
        exactly('read after "from module import total"', copied, 0, 'visits'),
        exactly('read by a thread', thread, 3, 'visits'),
        exactly('read by a new process', process, 0, 'visits'),
      ],
    }),
  ),
});
