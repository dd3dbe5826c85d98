import { counts, defineClaim, intervals } from '@cookbook/lab/claim';
import { killParents, outlived, timeToEnd } from './proof/orphans.ts';

/** ms; a few on a free machine. */
const MOST_MS = 500;

export default defineClaim({
  id: 'processes/end-with-parent',
  question: 'How do I end a child process when its parent is killed?',
  says: 'Child processes end with their parent.',
  from: ['ours'],
  inNode: 'only if the child notices that its parent is gone',
  answer:
    'A child process that computes outlives its killed parent; with endWithParent, a thread that watches stdin, the child ends within 500 ms.',

  async measure(context) {
    const orphans = await killParents(context);
    return [
      counts(
        'A child that computes, or waits for something else, outlived its killed parent every time.',
        ...outlived(orphans, 'computes'),
        ...outlived(orphans, 'waits'),
      ),
      counts('', ...outlived(orphans, 'tied')),
      intervals('With endWithParent the child ended {time-to-end range} later.', timeToEnd(orphans, MOST_MS)),
      counts('A listener for `disconnect` ends a child whose event loop turns.', ...outlived(orphans, 'listens')),
      counts('', ...outlived(orphans, 'group')),
    ];
  },
});
