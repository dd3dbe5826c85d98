// Lanes: threads, processes or async tasks that run units of work, behind one interface. The self-check of the lab and
// claims about something else than the mechanism use these; a recipe about a mechanism brings lanes of its own.

import { fork } from 'node:child_process';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { LaneReport } from '../task/probe.ts';
import type { Unit } from '../task/workload.ts';

/** Some number of lanes, kept warm. */
export interface Lanes {
  /** Runs every unit, handing the next one to the lane that is free; reports are in the order of the units. */
  run(units: readonly Unit[]): Promise<LaneReport[]>;
  close(): Promise<void>;
}

/** Opens `count` lanes. */
export type OpenLanes = (count: number) => Lanes | Promise<Lanes>;

/** The module whose default export turns a unit into a report: see `unit-task.ts`. */
export const unitTask: URL = new URL('../task/unit-task.ts', import.meta.url);

/** One thread or process that does one unit at a time. */
export interface Lane {
  /** @param index the unit's place in the run, from 0 */
  ask(unit: Unit, index: number): Promise<LaneReport>;
  close(): Promise<unknown>;
}

/** Worker threads. `data` reaches the task module as its second argument, shared memory included. */
export function workerLanes(count: number, task: URL = unitTask, data?: unknown): Lanes {
  return lanesOf(count, () => {
    const worker = new Worker(new URL('./lane-worker.ts', import.meta.url), {
      workerData: { task: task.href, data },
      execArgv: [], // not the loader of tsx nor the flags of vitest: a clean thread
    });
    const ask = conversation(worker, 'worker', (unit) => worker.postMessage(unit));
    return { ask, close: () => worker.terminate() };
  });
}

/** Forked processes. */
export function forkLanes(count: number, task: URL = unitTask): Lanes {
  return lanesOf(count, () => {
    const child = fork(new URL('./lane-child.ts', import.meta.url), [task.href], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    const ask = conversation(child, `process ${child.pid}`, (unit) => child.send(unit));
    return { ask, close: () => endChild(child) };
  });
}

/** Async tasks on the event loop of this thread, which turns once between two units. */
export async function asyncLanes(count: number, task: URL = unitTask): Promise<Lanes> {
  const { default: run } = (await import(task.href)) as { default: (unit: Unit) => LaneReport };
  const ask = async (unit: Unit): Promise<LaneReport> => {
    await turnOfTheLoop();
    return run(unit);
  };
  return lanesOf(count, () => ({ ask, close: async () => {} }));
}

/** `count` lanes, each opened by `open`: for a mechanism whose lanes are its own. The next unit goes to the lane that is free. */
export function lanesOf(count: number, open: () => Lane): Lanes {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected \`count\` to be an integer from 1 up, got ${count}`);
  }
  const lanes = Array.from({ length: count }, open);
  return {
    async run(units) {
      const reports: LaneReport[] = [];
      let next = 0;
      const work = async (lane: Lane): Promise<void> => {
        while (next < units.length) {
          const index = next++;
          reports[index] = await lane.ask(units[index]!, index);
        }
      };
      await Promise.all(lanes.map(work));
      return reports;
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

/** What a Worker and a ChildProcess have in common. */
interface Peer {
  on(event: 'message', listener: (answer: LaneReport) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number | null, signal?: string | null) => void): unknown;
  readonly stderr: NodeJS.ReadableStream | null;
}

/** Question and answer with a peer, one at a time; a peer that dies rejects the question, with its last words. */
function conversation(peer: Peer, name: string, send: (unit: Unit) => void): Lane['ask'] {
  let pending: PromiseWithResolvers<LaneReport> | undefined;
  let death: Error | undefined;
  let lastWords = '';

  const settle = (): PromiseWithResolvers<LaneReport> | undefined => {
    const settled = pending;
    pending = undefined;
    return settled;
  };
  const die = (error: Error): void => {
    death ??= error;
    settle()?.reject(death);
  };
  peer.stderr?.on('data', (text: Buffer) => (lastWords = (lastWords + text.toString()).slice(-2_000)));
  peer.on('message', (report) => settle()?.resolve(report));
  peer.on('error', die);
  peer.on('exit', (code, signal) => {
    // Its stderr may still be in the pipe: let it arrive before the error is reported.
    setTimeout(() => die(new Error(`The ${name} ended with ${signal ?? `exit code ${code}`}${quote(lastWords)}`)), 20);
  });

  return (unit) => {
    if (death) return Promise.reject(death);
    pending = Promise.withResolvers();
    send(unit);
    return pending.promise;
  };
}

function quote(stderr: string): string {
  const text = stderr.trim();
  return text === '' ? '' : `; it said:\n${text}`;
}

/** Ends a forked process at once, whatever it is doing: it holds nothing that would have to be saved. */
function endChild(child: ReturnType<typeof fork>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (child.exitCode !== null || child.signalCode !== null) resolve();
  child.once('exit', () => resolve());
  child.kill('SIGKILL');
  return promise;
}
