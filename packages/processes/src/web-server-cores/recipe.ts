// Claim      A cluster of N workers answers N requests that compute in the time of one, up to the cores. A worker that is
//            killed is replaced, and no request at another worker is lost. A restart of all workers loses no request,
//            if they drain: one by `worker.disconnect()` alone does.
// Mechanism  The primary accepts the connections of one port and hands them to the workers in turn; each worker is a
//            Node.js of its own. A worker that drains takes no more connections, and asks its clients to close theirs;
//            one that disconnects closes those that look idle, with a request on its way or not.
// Use when   handlers compute, and the server should use all cores, or be replaced while it serves.
// Do not     keep state in a worker's memory: the next request is for another one. Do not expect it to help handlers that
//            wait. In a container with one core, start more containers. Do not ask it without a time limit: a connection
//            that was on its way to a worker when that was killed is never answered, and Node.js never closes it.
// Run        pnpm tsx packages/processes/src/main.ts web-server-cores

import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How a worker is told to go. */
export type Way = 'disconnect' | 'drain';

export interface Cluster {
  readonly port: number;
  /** The processes of the workers that are there. */
  pids(): number[];
  /** Replaces every worker, one after another: a new one listens before an old one is told to go. */
  restart(way: Way): Promise<void>;
}

/**
 * Starts a server of `count` workers in this process, which becomes the primary. When it ends, they end.
 *
 * @param worker the program of a worker, which listens on the port in its environment
 * @param port 0 for one that the system chooses; it is kept for as long as one worker is there
 * @param onReplaced hears of a worker that died unasked, once another listens in its place
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
    async restart(way) {
      for (const old of Object.values(cluster.workers!)) {
        await start();
        const gone = once(old!, 'exit');
        leaving.add(old!);
        if (way === 'disconnect') old!.disconnect();
        else old!.send('drain');
        await gone;
      }
    },
  };
}
