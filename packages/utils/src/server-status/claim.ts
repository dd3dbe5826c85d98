import { defineClaim, drawn, intervals, shown } from '@cookbook/lab/claim';
import { compareKnownServers } from './proof/every-kind-figures.ts';
import { compareWidths, DELAY, SERVERS } from './proof/slow-servers.ts';

export default defineClaim({
  id: 'utils/server-status',
  question: 'How do I check whether many servers are up at the same time in Node.js?',
  says: 'Ask for the name of a server, and show its status.',
  from: ['RC'],
  inNode: 'yes',
  answer:
    'Checking 12 slow servers at once is at least 6.5x as fast as one by one; all 29 kinds of server get their right state.',

  async measure(context) {
    const states = await compareKnownServers(context.signal);
    const { speedups, atOnce, times } = await compareWidths(context);
    return [
      intervals(
        'Checking 12 servers at once was {all-speedup} as fast as one by one, and 4 at a time {four-speedup}.',
        ...speedups,
      ),
      intervals('Of {kinds} of server {right number} got their right state, {states} in all.', ...states),
      intervals('', ...atOnce),
      shown('', ...times),
      drawn({
        notes: [
          `${SERVERS} servers on loopback, each of which answers after ${DELAY} ms; one by one is the sum of their delays.`,
        ],
      }),
    ];
  },
});
