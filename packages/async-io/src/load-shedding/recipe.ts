// Claim      At twice its capacity a server that refuses early answers over 80 % of that in time; else under 50 %.
// Mechanism  What waits longer than its client is answered for nothing. Limits keep the queue short.
// Use when   clients give up.
// Do not     go by samples of event-loop utilisation: until the next, all are refused. In Fastify:
//            @fastify/under-pressure.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts load-shedding

import type { IncomingMessage, RequestListener } from 'node:http';

/** The event loop has rested when it was idle for this share of the time for which it may be busy. */
const REST_SHARE = 0.02;

export interface ShedOptions {
  /** Requests that may be under way, for handlers that wait: as many as are worked on at once, and a short queue. */
  readonly mostPending?: number;
  /** ms for which the event loop may be busy without a rest, for handlers that compute: half of what clients wait. */
  readonly mostBusy?: number;
  /** Whole seconds after which a client that was refused may come again; 1 if it is left out. */
  readonly retryAfter?: number;
  /** The share of the limits at which a request is refused: 1 if it is left out, less for what can wait, Infinity for health checks. */
  readonly shareOf?: (request: IncomingMessage) => number;
}

/**
 * A listener for `createServer` that hands requests on to the handler, or answers 503 at once where there are too many.
 *
 * A client that goes away gives its place back; that its handler stops too is for the handler to see to.
 *
 * @throws RangeError where an option makes no sense
 */
export function shed(
  handler: RequestListener,
  { mostPending = Infinity, mostBusy = Infinity, retryAfter = 1, shareOf = () => 1 }: ShedOptions,
): RequestListener {
  if (!(mostPending >= 1)) throw new RangeError(`Expected \`mostPending\` to be from 1 up, got ${mostPending}`);
  if (!(mostBusy > 0)) throw new RangeError(`Expected \`mostBusy\` to be above 0, got ${mostBusy}`);
  if (!Number.isInteger(retryAfter) || retryAfter < 0)
    throw new RangeError(`Expected \`retryAfter\` to be an integer from 0 up, got ${retryAfter}`);
  const busyFor = watchLoop(mostBusy);
  let pending = 0;

  return (request, response) => {
    const share = shareOf(request);
    if (pending >= mostPending * share || busyFor() >= mostBusy * share) {
      response.writeHead(503, { 'retry-after': `${retryAfter}` }).end();
      return;
    }
    pending++;
    response.once('close', () => pending--); // answered, or the client has gone
    handler(request, response);
  };
}

/**
 * ms for which the event loop has been busy since a request found it rested. While requests come faster than they are handled
 * it does not rest, and one that is handled now has waited for about as long: in its connection or to be accepted, where no
 * listener sees it.
 */
function watchLoop(most: number): () => number {
  let rested = performance.eventLoopUtilization();
  return () => {
    const { active, idle } = performance.eventLoopUtilization(rested);
    if (idle <= REST_SHARE * Math.min(active, most)) return active;
    rested = performance.eventLoopUtilization();
    return 0;
  };
}
