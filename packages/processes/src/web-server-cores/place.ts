// A place in a cluster and the worker in it: started, replaced when it dies, stopped in the end.

import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';

/** ms in which a worker has to listen; then it is killed. */
const START_MS = 30_000;
/** ms in which one that is asked to end has to be gone, more than draining takes; then it is killed. */
const STOP_MS = 5_000;
/** A worker that ends earlier than so many ms after its start has failed. */
const STEADY_MS = 10_000;
/** So many failures in a row are enough. */
const TRIES = 5;
/** The first replacement is started at once; before the others are so many ms, then 3, 7, 15 times as many. */
const PAUSE_MS = 100;

/** Has a worker end. */
export type Stop = (worker: Worker) => void;

export interface Place {
  /** The worker that is there; one that has died is there until it is replaced. */
  readonly worker: Worker;
  readonly port: number;
  /** Has the worker end by `how`, and kills it if it does not. Resolves when it is gone, and no other comes. */
  stop(how: Stop): Promise<void>;
}

export interface PlaceOptions {
  readonly port: number;
  /** Kills a worker that does not listen yet. */
  readonly signal: AbortSignal;
  readonly onReplaced?: ((died: Worker, replacement: Worker) => void) | undefined;
  /** Is called with the last error when the place is given up. */
  readonly onGivenUp: (error: Error) => void;
}

/** Starts a worker, and another when it dies. @throws Error where the first does not listen; the reason of an abort */
export async function openPlace({ port, signal, onReplaced, onGivenUp }: PlaceOptions): Promise<Place> {
  const leaving = new AbortController();
  const any = AbortSignal.any([signal, leaving.signal]);
  let current = await startWorker(port, any);

  const kept = (async () => {
    for (let failures = 0; ;) {
      const { worker: died, started, ended } = current;
      let error: Error | undefined = new Error(`Expected a worker to go on, it ended with ${await ended}`);
      if (performance.now() - started > STEADY_MS) failures = 0;
      while (error !== undefined) {
        if (failures === TRIES && !any.aborted) onGivenUp(error);
        if (failures === TRIES || any.aborted) return;
        try {
          await sleep(PAUSE_MS * (2 ** failures++ - 1), undefined, { signal: any });
          current = await startWorker(port, any);
          error = undefined;
        } catch (reason) {
          error = reason as Error;
        }
      }
      onReplaced?.(died, current.worker);
    }
  })();

  return {
    get worker() {
      return current.worker;
    },
    port: current.port,
    async stop(how) {
      leaving.abort();
      if (current.worker.isConnected()) how(current.worker);
      const late = setTimeout(() => current.worker.process.kill('SIGKILL'), STOP_MS);
      await kept.finally(() => clearTimeout(late));
    },
  };
}

interface Started {
  readonly worker: Worker;
  readonly port: number;
  readonly started: number;
  /** Resolves with its signal or exit code when it has ended. */
  readonly ended: Promise<string>;
}

async function startWorker(port: number, signal: AbortSignal): Promise<Started> {
  signal.throwIfAborted();
  const started = performance.now();
  const worker = cluster.fork({ PORT: port });
  const kill = (): void => void worker.process.kill('SIGKILL');
  const late = setTimeout(kill, START_MS);
  signal.addEventListener('abort', kill);
  const ended = new Promise<string>((resolve) => {
    worker.on('error', (error) => void (worker.process.pid === undefined && resolve(error.message))); // it did not start
    worker.once('exit', (code, by) => resolve(by ?? `exit code ${code}`));
  });
  const listening = new Promise<number>((resolve) => worker.once('listening', (address) => resolve(address.port)));
  try {
    const first = await Promise.race([listening, ended]);
    if (signal.aborted) await ended;
    signal.throwIfAborted();
    if (typeof first === 'number') return { worker, port: first, started, ended };
    throw new Error(`Expected a worker to listen within ${START_MS} ms, it ended with ${first}`);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', kill);
  }
}
