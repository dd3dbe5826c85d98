// The places of a cluster: opened together, renewed one after another, stopped together.

import { openPlace } from './place.ts';
import type { Place, PlaceOptions, Stop } from './place.ts';

export interface Places {
  readonly port: number;
  /** The processes of the workers that are there. */
  pids(): number[];
  /** Opens a new place for each, then stops the old one. @throws Error where a new worker does not listen: the old stay */
  renew(stop: Stop): Promise<void>;
  stop(stop: Stop): Promise<void>;
}

/** Opens so many places. @throws Error where a worker ends before it listens: then the others are ended too */
export async function openPlaces(count: number, options: PlaceOptions): Promise<Places> {
  const places = new Set<Place>();
  const failed = new AbortController();
  const open = async (signal: AbortSignal): Promise<void> => void places.add(await openPlace({ ...options, signal }));
  const stopAll = async (stop: Stop): Promise<void> =>
    void (await Promise.all(Array.from(places, (place) => place.stop(stop))));

  const signal = AbortSignal.any([options.signal, failed.signal]);
  const opening = Array.from({ length: count }, () => open(signal));
  try {
    await Promise.all(opening);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(opening);
    await stopAll((worker) => worker.process.kill('SIGKILL'));
    throw error;
  }

  return {
    port: [...places][0]!.port,
    pids: () =>
      Array.from(places, ({ worker }) => worker)
        .filter((worker) => !worker.isDead())
        .map((worker) => worker.process.pid!),
    async renew(stop) {
      const before = [...places];
      for (const old of before) {
        await open(options.signal);
        places.delete(old);
        await old.stop(stop);
      }
    },
    stop: stopAll,
  };
}
