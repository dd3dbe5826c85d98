// A load as the server saw it, and whether the host was busy meanwhile.

import { waitingTime } from '@cookbook/lab/task';
import type { Dispatcher } from 'undici';
import { download, RefusedError } from '../../proof/server/index.ts';
import type { TestServer } from '../../proof/server/index.ts';
import type { Load, LoadResult } from '../recipe.ts';

export interface Observed {
  /** Connections that were opened, and the most requests that were there at once, as the server saw it. */
  readonly sockets: number;
  readonly mostInFlight: number;
  /** Time for which this thread or the server's had no core, of the wall time; undefined where the system does not say. */
  readonly waitingShare: number | undefined;
}

/** A load of so many documents, each of which is checked. */
export function documents(client: Dispatcher, requests: number): Load {
  return {
    requests,
    ask: (number) => download(client, number),
    isRefusal: (error) => error instanceof RefusedError,
  };
}

/** Runs a load, with what the server counted meanwhile. */
export async function observed<T extends LoadResult>(server: TestServer, run: () => Promise<T>): Promise<T & Observed> {
  await server.reset();
  const before = waitingTime();
  const result = await run();
  const after = waitingTime();
  const { sockets, mostInFlight, waited } = await server.counts();
  const isKnown = before !== undefined && after !== undefined && waited !== undefined;
  return {
    ...result,
    sockets,
    mostInFlight,
    waitingShare: isKnown ? (after - before + waited) / result.wall : undefined,
  };
}
