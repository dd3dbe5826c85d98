// Claim      A cluster of N workers answers N requests that compute in the time of one, up to the cores. A killed worker is
//            replaced; others lose no request.
// Mechanism  The primary passes the port's connections to the workers in turn.
// Use when   handlers compute.
// Do not     ask without a time limit: connections on their way to a killed worker get no answer.
// Copy       recipe.ts, ../drain/recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts web-server-cores

import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { DRAIN, drainWhenAsked } from '../drain/recipe.ts';

export interface Cluster {
  readonly port: number;
  /** The processes of the workers that are there. */
  pids(): number[];
  /**
   * Replaces every worker, one after another: a new one listens before an old one is stopped.
   *
   * @param stop has a worker end; by default it drains, as `serve` sees to
   */
  restart(stop?: (worker: Worker) => void): Promise<void>;
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
 */
export async function startCluster(
  worker: URL,
  count: number,
  { port = 0, onReplaced }: { port?: number; onReplaced?: (died: Worker, replacement: Worker) => void } = {},
): Promise<Cluster> {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected \`count\` to be an integer from 1 up, got ${count}`);
  }
  cluster.schedulingPolicy = cluster.SCHED_RR; // Windows would leave it to chance
  cluster.setupPrimary({ exec: fileURLToPath(worker), execArgv: [] });

  const start = async (): Promise<{ worker: Worker; port: number }> => {
    const started = cluster.fork({ PORT: port });
    const [address] = await once(started, 'listening');
    return { worker: started, port: (address as { port: number }).port };
  };
  const started = await Promise.all(Array.from({ length: count }, start));

  const leaving = new Set<Worker>();
  cluster.on('exit', async (died) => {
    if (leaving.delete(died)) return;
    const replacement = await start();
    onReplaced?.(died, replacement.worker);
  });

  return {
    port: started[0]!.port,
    pids: () => Object.values(cluster.workers!).map((one) => one!.process.pid!),
    async restart(stop = (old) => void old.send(DRAIN)) {
      for (const old of Object.values(cluster.workers!)) {
        await start();
        const gone = once(old!, 'exit');
        leaving.add(old!);
        stop(old!);
        await gone;
      }
    },
  };
}
