import { counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { cancelAll, RESTING } from './proof/cancelling.ts';
import type { Cancelled } from './proof/cancelling.ts';
import { runIntoFaults, runIntoLimits, runIntoRefusal } from './proof/endless-requests.ts';
import type { Ended, LimitName, Retried } from './proof/endless-requests.ts';

const DOCUMENTS = 60;
const RETRY_AFTER_S = 1;
const WANTED = 100;
const CONCURRENCY = 25;

const EXPECTED: Readonly<Record<LimitName, string>> = {
  connect: 'UND_ERR_CONNECT_TIMEOUT',
  headers: 'UND_ERR_HEADERS_TIMEOUT',
  body: 'UND_ERR_BODY_TIMEOUT',
  total: 'TimeoutError',
};

export default defineClaim({
  id: 'async-io/timeouts-and-cancel',
  says: 'Every real caller needs time limits, retries and a way to cancel.',
  from: ['ours'],
  answer:
    'Four limits end four requests that never would; each fault of the server costs one request more, and none where it may not be tried again; a cancel leaves no socket and no timer, and the server sees every one close.',

  async measure({ signal }: Context) {
    const [limits, refusal] = await Promise.all([runIntoLimits(signal), runIntoRefusal(RETRY_AFTER_S, signal)]);
    const retried = await runIntoFaults(DOCUMENTS, signal);
    const cancelled = await cancelAll(WANTED, CONCURRENCY, signal);
    const ended = limits.filter(({ limit, by }) => by === EXPECTED[limit]).length;
    return {
      headline: `${ended} of ${limits.length} endless requests ended by their own limit, ${retried.right} of ${DOCUMENTS} documents right in spite of ${retried.faults} faults, ${cancelled.left.length} handles left after a cancel`,
      figures: [
        counted('requests that never end, ended by their own limit', ended, 'requests', { least: limits.length }),
        ...retryFigures(retried),
        counted('told to come again in 1 s: shortest wait', Math.min(...refusal.waits), 'ms', {
          least: 1_000 * RETRY_AFTER_S,
        }),
        counted('told to come again in 1 s: answered in the end', refusal.right, 'requests', { least: 2 }),
        ...cancelFigures(cancelled),
        ...limits.map(limitFigure),
      ],
      notes: [
        ...limits.map(({ limit, by }) => `The limit '${limit}' ended its request by ${by}.`),
        "undici counts the first three limits in steps of half a second: 150 ms was asked for. 'total' is a timer of our own.",
        ...(cancelled.left.length > 0 ? [`Left after the cancel: ${cancelled.left.join(', ')}.`] : []),
      ],
    };
  },

  judge: judgeBounds,
});

function retryFigures({ documents, right, repeated, faults, posts, missing }: Retried): Figure[] {
  return [
    counted(`of ${documents} documents, right in the end`, right, 'documents', { least: documents }),
    counted('faults that the server committed', faults, 'requests', { least: 1 }),
    counted('requests beyond one for each document, less the faults', repeated - faults, 'requests', exactly(0)),
    counted('a POST that failed: requests', posts, 'requests', exactly(1)),
    counted('a GET answered 404: requests', missing, 'requests', exactly(1)),
  ];
}

function cancelFigures({ begun, aborted, sent, closedByClient, resting, open, left }: Cancelled): Figure[] {
  return [
    counted(`a cancel of ${WANTED} requests, ${CONCURRENCY} at once: begun`, begun, 'requests', exactly(CONCURRENCY)),
    counted('of those begun, ended by an AbortError', aborted, 'requests', exactly(CONCURRENCY)),
    counted('of those begun, seen by the server', sent, 'requests', exactly(CONCURRENCY)),
    counted('of those begun, seen closed by the server', closedByClient, 'requests', exactly(CONCURRENCY)),
    counted('connections at rest that the cancel spared', resting, 'sockets', exactly(RESTING)),
    counted('connections that the server has after the end of the client', open, 'sockets', exactly(0)),
    counted('sockets, timers and other handles left', left.length, 'handles', exactly(0)),
  ];
}

function limitFigure({ limit, after }: Ended): Figure {
  return counted(`ended by the limit '${limit}' of 150 ms after`, after, 'ms');
}

function exactly(count: number) {
  return { least: count, most: count };
}
