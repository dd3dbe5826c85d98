// Claim      A cluster of N workers answers N requests that compute in the time of one, up to the cores. A killed worker is
//            replaced; others lose no request.
// Mechanism  The primary passes the port's connections to the workers in turn.
// Use when   handlers compute.
// Do not     ask without a time limit: connections on their way to a killed worker get no answer.
// Copy       recipe.ts, place.ts, places.ts, ../drain/recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts web-server-cores

import cluster from 'node:cluster';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { DRAIN, drainWhenAsked } from '../drain/recipe.ts';
import type { PlaceOptions, Stop } from './place.ts';
import { openPlaces } from './places.ts';

const drain: Stop = (worker) => void worker.send(DRAIN, () => {}); // it may be gone by then

export interface Cluster {
  readonly port: number;
  pids(): number[];
  /**
   * Replaces every worker, one after another: a new one listens before an old one is stopped.
   *
   * @param stop has a worker end; by default it drains, as `serve` sees to
   * @throws Error where a new worker ends before it listens: the old ones stay
   */
  restart(stop?: Stop): Promise<void>;
  /** Drains all workers. On SIGTERM the primary does so, and ends. */
  close(): Promise<void>;
  /**
   * Resolves when it is closed. Rejects with the last error when workers failed too often in a row to be replaced; the
   * others go on, unless nothing awaits this: then that error ends the program.
   */
  readonly closed: Promise<void>;
}

/** In a worker's program: listens on the cluster's port, and drains when the primary restarts its workers. */
export function serve(server: Server, host = '127.0.0.1'): void {
  drainWhenAsked(server);
  server.listen(Number(process.env['PORT']), host);
}

/**
 * Starts a server of `count` workers in this process, which becomes the primary. When it ends, they end.
 *
 * @param worker the program of a worker, which calls `serve`
 * @param port 0 for one that the system chooses; it is kept for as long as one worker is there
 * @param onReplaced is called when a worker that died by itself, or was killed, has a replacement that listens
 * @throws Error where a worker ends before it listens: then the others are ended too
 */
export async function startCluster(
  worker: URL,
  count: number,
  { port = 0, onReplaced }: Partial<Pick<PlaceOptions, 'port' | 'onReplaced'>> = {},
): Promise<Cluster> {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected \`count\` to be an integer from 1 up, got ${count}`);
  }
  cluster.schedulingPolicy = cluster.SCHED_RR; // Windows would leave it to chance
  cluster.setupPrimary({ exec: fileURLToPath(worker), execArgv: [] });

  const closing = new AbortController();
  const { promise: closed, resolve, reject: onGivenUp } = Promise.withResolvers<void>();
  const places = await openPlaces(count, { port, signal: closing.signal, onReplaced, onGivenUp });
  let restarted = Promise.resolve();
  let ended: Promise<void> | undefined;

  const end = async (): Promise<void> => {
    closing.abort(new Error('Expected an open cluster, it is closed'));
    await Promise.allSettled([restarted, places.stop(drain)]);
    process.off('SIGTERM', onTerm);
    resolve();
  };
  const close = (): Promise<void> => (ended ??= end());
  const onTerm = (): void => void close().then(() => process.exit());
  process.once('SIGTERM', onTerm);

  return {
    port: places.port,
    pids: () => places.pids(),
    restart: (stop = drain) => (restarted = restarted.catch(() => {}).then(() => places.renew(stop))),
    close,
    closed,
  };
}
