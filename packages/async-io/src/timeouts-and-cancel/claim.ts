import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { cancelAll, cancelFigures } from './proof/cancelling.ts';
import { boundFigure, describeLimits, limitFigures, runIntoBound, runIntoLimits } from './proof/endless-requests.ts';

const WANTED = 100;
const CONCURRENCY = 25;

export default defineClaim({
  id: 'async-io/timeouts-and-cancel',
  question: 'How do I put a time limit on an HTTP request in Node.js, or cancel it?',
  says: 'Every real caller needs time limits and a way to cancel.',
  from: ['ours'],
  inNode: 'yes',
  answer:
    'Four time limits each end an endless request; a cancel of 25 requests leaves no socket or timer, and the server sees all 25 close.',

  async measure({ signal }) {
    const ended = await runIntoLimits(signal);
    const bounded = await runIntoBound(signal);
    const cancelled = await cancelAll(WANTED, CONCURRENCY, signal);
    return [
      counts('{ended} that would never end were ended, each by its own time limit.', ...limitFigures(ended)),
      counts('', boundFigure(bounded)),
      counts(
        'A cancel ended {cancel-aborted}, the server saw {cancel-closed number} of them close, and {cancel-left or none} of their sockets and timers were left.',
        ...cancelFigures(cancelled, WANTED, CONCURRENCY),
      ),
      drawn({ notes: [...describeLimits(ended), ...cancelled.left.map((name) => `Left after the cancel: ${name}.`)] }),
    ];
  },
});
