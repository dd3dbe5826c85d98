import { counts, defineClaim, drawn, shown } from '@cookbook/lab/claim';
import { runShutdowns } from './proof/shutdowns.ts';

export default defineClaim({
  id: 'processes/graceful-shutdown',
  question: 'How do I shut down a Node.js server gracefully on SIGTERM?',
  says: 'On SIGTERM, call server.close: the server answers what is under way, and the process ends.',
  from: ['ours'],
  inNode: 'only if no client goes on sending on a connection that it keeps',
  answer:
    'Under load process.exit on SIGTERM loses requests; server.close waits for a client that goes on sending; a shutdown that announces itself loses 0 of 2,000.',

  async measure(context) {
    const { exit, close, busy, resting, graceful, time } = await runShutdowns(context);
    return [
      counts('By process.exit {exit-lost number} of 500 requests were lost.', ...exit),
      counts(
        'After server.close a busy connection got {kept-answered number} more answers, and the server went on.',
        ...busy,
      ),
      counts('A server whose connections all rested ended: those it closes.', ...resting),
      shown('Under load server.close lost {close-lost number} of 500.', ...close),
      counts('The recipe lost {graceful-lost or none} of {answered number} and ended with 0.', ...graceful),
      shown('It was gone after {time}.', time),
      drawn({
        notes: [
          'The load: 32 clients keep their connections, get new ones by the health of the server, and repeat nothing.',
          ...(process.platform === 'win32' ? ['Windows has no SIGTERM: the servers were asked by a message.'] : []),
        ],
      }),
    ];
  },
});
