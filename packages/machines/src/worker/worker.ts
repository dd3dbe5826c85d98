// A worker: takes jobs of every run that is under way, as many at once as it has lanes.

import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'bullmq';
import { backendOf } from '../queue/connection.ts';
import type { Backend } from '../queue/connection.ts';
import { isAway } from '../queue/insist.ts';
import { LEASE_MS, LOOK_FOR_RUNS_MS, MOST_LOSSES, RETRY_MS } from '../queue/limits.ts';
import { reach, wordsOf } from '../queue/reach.ts';
import { openRuns, queueOf } from '../queue/runs.ts';
import { LANE_VARIABLES } from './lane-variables.ts';

export interface WorkerSettings {
  /** `postgres://...` or `redis://...` */
  readonly connection: string;
  /** How many jobs at once, each in a process of its own. */
  readonly lanes: number;
  /** Only files below this folder are loaded as tasks. */
  readonly tasks: string;
  /** ms for which a job is this worker's without a word of it; each worker looks that often for jobs that others lost. */
  readonly lease?: number;
  /** What happens, in words, without the connection. */
  readonly onWord?: (word: string) => void;
}

export interface RunningWorker {
  /** Takes no more jobs, finishes those it has, and resolves when they are done and nothing is left. */
  drain(): Promise<void>;
}

/**
 * Starts a worker, and resolves once it has seen the database.
 *
 * @throws TypeError, RangeError where a setting is not what it is to be
 * @throws Error where the database refuses or is not there, without the connection
 */
export async function startWorker({
  connection,
  lanes,
  tasks,
  lease = LEASE_MS,
  onWord = () => {},
}: WorkerSettings): Promise<RunningWorker> {
  if (!Number.isInteger(lanes) || lanes < 1) {
    throw new RangeError(`Expected \`lanes\` to be an integer from 1 up, got ${lanes}`);
  }
  const folder = await realpath(tasks);
  const backend = backendOf(connection);
  const word = (text: string): void => onWord(backend.scrub(text));
  const runs = openRuns(backend);
  const open = new Map<string, Worker>();
  const closing = new Set<Promise<void>>();
  const stop = new AbortController();
  const env = laneEnvironment(folder, `${hostname()}:${process.pid}:${randomUUID()}`, lanes);

  async function look(): Promise<void> {
    const names = new Set(await runs.list());
    if (stop.signal.aborted) return;
    for (const name of names) {
      if (open.has(name)) continue;
      open.set(name, openRun(backend, name, { lanes, lease, env }, word));
      word(`run ${name}: begun`);
    }
    for (const [name, worker] of open) {
      if (names.has(name)) continue;
      open.delete(name);
      word(`run ${name}: over`);
      // Its lanes finish what they have within 30 s, or are ended.
      const closed = worker.close(true).finally(() => closing.delete(closed));
      closing.add(closed);
    }
  }

  async function keepLooking(): Promise<void> {
    let away = false;
    while (!stop.signal.aborted) {
      await sleep(LOOK_FOR_RUNS_MS, undefined, { signal: stop.signal }).catch(() => {});
      try {
        if (!stop.signal.aborted) await look();
        if (away) word('the database is back');
        away = false;
      } catch (error) {
        if (!away) word(`${isAway(error) ? 'the database is away' : 'looking for runs failed'}: ${wordsOf(error)}`);
        away = true;
      }
    }
  }

  try {
    await reach(backend, look);
  } catch (error) {
    await runs.close();
    throw error;
  }
  const looking = keepLooking();
  return {
    async drain() {
      stop.abort();
      await looking;
      await Promise.all([...closing, ...[...open.values()].map((worker) => worker.close())]);
      await runs.close();
    },
  };
}

interface RunSettings {
  readonly lanes: number;
  readonly lease: number;
  readonly env: NodeJS.ProcessEnv;
}

function openRun(
  backend: Backend,
  name: string,
  { lanes, lease, env }: RunSettings,
  word: (text: string) => void,
): Worker {
  const worker = backend.openWorker(queueOf(name), new URL('./lane-child.ts', import.meta.url), {
    concurrency: lanes,
    lockDuration: lease,
    stalledInterval: lease,
    maxStalledCount: MOST_LOSSES,
    runRetryDelay: RETRY_MS,
    drainDelay: 1,
    workerForkOptions: { execArgv: ['--import', new URL('./lane-start.ts', import.meta.url).href], env },
  });
  let last = '';
  worker.on('error', (error) => {
    const text = `run ${name}: ${wordsOf(error)}`;
    if (text !== last) word(text); // a database that is away says so once a second
    last = text;
  });
  worker.on('stalled', (id) => word(`run ${name}: job ${id} lost its worker, and waits for another`));
  return worker;
}

/** Lanes get the environment of the worker, without the variable that may hold the connection. */
function laneEnvironment(folder: string, worker: string, lanes: number): NodeJS.ProcessEnv {
  const { MACHINES_CONNECTION: _, ...env } = process.env;
  const values = [folder, worker, String(lanes)];
  return { ...env, ...Object.fromEntries(LANE_VARIABLES.map((name, index) => [name, values[index]])) };
}
