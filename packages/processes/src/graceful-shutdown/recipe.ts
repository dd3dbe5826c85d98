// Claim      On SIGTERM under load process.exit loses requests, and server.close waits for clients that go on sending. This
//            loses 0 of 2,000, and the process is gone within its limit.
// Mechanism  First health answers 503 and each answer closes its connection; then the server closes.
// Use when   a balancer asks for health.
// Do not     use it for a cluster's workers: see `drain`. Maintained: close-with-grace, @godaddy/terminus.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts graceful-shutdown

import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A message that asks for what SIGTERM asks for, for Windows, where SIGTERM ends a process at once: `child.send(SHUT_DOWN)`. */
export const SHUT_DOWN = 'shut down';

/** ms within which a second signal is the first again: Ctrl-C reaches npm too, which passes it on. */
const REPEAT_MS = 500;
const MOST_MS = 600_000;

/** The process is gone after the three times together: let its supervisor wait for longer until it kills. */
export interface ShutdownOptions {
  /** ms in which connections are taken: longer than balancers need to see the 503 and turn away. What comes later is lost. */
  readonly notice?: number;
  /** ms that requests under way may take after that; then they are cut off. */
  readonly finish?: number;
  /** ms for `release`, which gets what the others leave of theirs too. */
  readonly cleanUp?: number;
  /** Called one after another once the servers are closed, whether or not one fails: a database pool after what uses it. */
  readonly release?: readonly (() => unknown)[];
}

/**
 * On SIGTERM, Ctrl-C or the message `SHUT_DOWN` answers all requests, releases what it is given, and ends this process. The
 * exit code is 0, or 1 where requests were cut off, a release failed, the time was over, or a second signal came.
 *
 * @param servers all of this process, in one call
 * @returns aborts at the first signal. From then on let health answer 503, and end what never ends by itself: streams of
 *   events, WebSockets
 * @throws RangeError where a time is no number of ms
 */
export function shutDownOnSignal(
  servers: readonly Server[],
  { notice = 5_000, finish = 15_000, cleanUp = 5_000, release = [] }: ShutdownOptions = {},
): AbortSignal {
  for (const [name, ms] of Object.entries({ notice, finish, cleanUp })) {
    if (!(ms >= 0 && ms <= MOST_MS)) throw new RangeError(`Expected \`${name}\` to be 0 to ${MOST_MS} ms, got ${ms}`);
  }
  const stopping = new AbortController();
  const underWay = new Set<ServerResponse>();
  for (const server of servers) {
    server.prependListener('request', (_, response) => {
      if (stopping.signal.aborted) closeAfter(response);
      underWay.add(response);
      response.once('close', () => {
        underWay.delete(response);
        if (!server.listening) server.closeIdleConnections(); // one whose answer had begun before the signal
      });
    });
  }
  let begun: number | undefined;
  const shutDown = async (): Promise<void> => {
    if (begun !== undefined) return void (performance.now() - begun > REPEAT_MS && process.exit(1));
    begun = performance.now();
    setTimeout(() => process.exit(1), notice + finish + cleanUp);
    stopping.abort();
    for (const response of underWay) closeAfter(response);
    await sleep(notice);
    const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
    let code = await Promise.race([Promise.all(closed).then(() => 0), sleep(finish, 1)]);
    for (const server of servers) server.closeAllConnections();
    for (const step of release) {
      try {
        await step();
      } catch (error) {
        code = 1;
        console.error('A release failed:', error);
      }
    }
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void shutDown());
  process.on('message', (message) => void (message === SHUT_DOWN && shutDown()));
  return stopping.signal;
}

/** The client is to connect anew, to a server that stays. */
function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
