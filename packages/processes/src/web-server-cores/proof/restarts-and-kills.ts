// A server under load whose workers are killed or restarted, and what its clients see of it.

import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '@cookbook/lab/host';
import type { Unit } from '@cookbook/lab/task';
import { openLoad, openServer } from './server-and-load.ts';
import type { Server } from './server-and-load.ts';
import type { LoadResult } from './load-child.ts';
import type { Stop } from './primary-child.ts';

/** For how long the load runs before something happens, and after it, ms. */
const AROUND_MS = 250;

export interface Traffic {
  readonly workers: number;
  readonly connections: number;
  readonly unit: Unit;
}

export interface Episode {
  readonly load: LoadResult;
  /** New workers that are there. */
  readonly replacements: number;
  /** Workers that should be gone and are still there. */
  readonly left: number;
  /** Requests that failed on a connection to a worker that was not killed. */
  readonly lostElsewhere: number;
}

/** Nothing happens. */
export function serveUndisturbed(traffic: Traffic): Promise<Episode> {
  return episode(traffic, async () => ({ gone: [], replacements: [] }));
}

/** One worker is killed by SIGKILL, as the system does when memory is short. */
export function killOne(traffic: Traffic): Promise<Episode> {
  return episode(traffic, async (server) => {
    const victim = server.pids[0]!;
    return { gone: [victim], replacements: [await server.killWorker(victim)], killed: victim };
  });
}

/** Every worker is replaced, as for a new version of the program. */
export function restartAll(traffic: Traffic, stop: Stop): Promise<Episode> {
  return episode(traffic, async (server) => {
    const gone = server.pids;
    return { gone, replacements: await server.restart(stop) };
  });
}

interface Event {
  readonly gone: readonly number[];
  readonly replacements: readonly number[];
  readonly killed?: number;
}

async function episode(
  { workers, connections, unit }: Traffic,
  happen: (server: Server) => Promise<Event>,
): Promise<Episode> {
  const server = await openServer(workers);
  try {
    const load = await openLoad(server.port, connections, unit);
    try {
      await sleep(AROUND_MS);
      const { gone, replacements, killed } = await happen(server);
      await sleep(AROUND_MS);
      const result = await load.stop();
      return {
        load: result,
        replacements: replacements.filter((pid) => !gone.includes(pid) && isAlive(pid)).length,
        left: gone.filter(isAlive).length,
        lostElsewhere: result.failed.filter(({ pid }) => killed === undefined || pid !== killed).length,
      };
    } finally {
      await load.close();
    }
  } finally {
    await server.close();
  }
}
