import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, instancesOnThisThread, liveAndCopied, trap, trapInFork } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'Do worker threads and forked processes share module state?',
  says: 'Shared references change how data flows between modules.',
  from: ['RC'],
  inNode: 'only if the importers run on one thread',
  answer:
    'Importers on one thread share module state; a worker and a forked process each have their own: after 3 visits here they read 0.',

  async count() {
    const [trapped, forked] = [await trap(), await trapInFork()];
    const { same, other } = await instancesOnThisThread();
    return {
      words: 'After {here} counted on this thread, a worker reads {worker number} and a forked process {fork number}.',
      figures: [
        only('worker', 'visits read by a worker', trapped.imported, 0, 'visits'),
        only('here', 'visits read on this thread', trapped.here, 3, 'visits'),
        only('fork', 'visits read by a fork', forked, 0, 'visits'),
        only('same', 'a second import gave the same object', Number(same), 1, 'of 1'),
        only('other', 'an import under another URL gave the same object', Number(other), 0, 'of 1'),
        only('live', 'change of an exported let seen by its importer', liveAndCopied().live, 1, 'visit'),
        only('fix', 'visits that the worker got with its data', (await fix()).sent, 3, 'visits'),
        only('shared', 'shared number after 3 here and 1 in the worker', (await cheaperFix()).here, 4, 'visits'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    (read: Record<'copied' | 'live' | 'thread' | 'process', number>) => ({
      words:
        'After 3 visits, module.total is {live number} here, {thread number} in a thread, {process number} in a new process.',
      figures: [
        only('live', 'read as module.total', read.live, 3, 'visits'),
        only('copied', 'read after "from module import total"', read.copied, 0, 'visits'),
        only('thread', 'read by a thread', read.thread, 3, 'visits'),
        only('process', 'read by a new process', read.process, 0, 'visits'),
      ],
    }),
  ),
});
