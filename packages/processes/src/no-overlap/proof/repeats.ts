// Processes that repeat work behind a gate, and how many of their runs were under way at once.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withFolder } from '@cookbook/lab/cleanup';
import { withinLimit } from '../../proof/within-limit.ts';
import type { GateName, Message } from './repeating-child.ts';

const EVERY_MS = 100;
const WORK_MS = 250;
/** For all trials, ms; some 1,500 on a free machine. */
const LIMIT_MS = 20_000;

export interface Seen {
  /** Most runs that were under way at once, in all processes together. */
  readonly most: number;
  readonly runs: number;
  /** Processes that had a run. */
  readonly processes: number;
  /** Runs that were cut off by a kill, and runs that began after it. */
  readonly cutOff: number;
  readonly after: number;
}

export interface Trial {
  readonly gate: GateName;
  readonly processes: number;
  /** It goes on until so many runs have begun in each process, or in all together. */
  readonly runs: { readonly each: number } | { readonly all: number };
  /** Then the process whose run begins next is killed, and it goes on until two more have begun. */
  readonly kill?: boolean;
}

/** Runs trials at the same time, each in a folder of its own. Their processes rest most of the time. */
export function runTrials(trials: readonly Trial[]): Promise<Seen[]> {
  return withinLimit(() => Promise.all(trials.map(runTrial)), LIMIT_MS, 'work that repeats');
}

function runTrial({ gate, processes, runs, kill = false }: Trial): Promise<Seen> {
  return withFolder('no-overlap', async (folder) => {
    const record = path.join(folder, 'record');
    const words = [gate, path.join(folder, 'lock'), record, String(EVERY_MS), String(WORK_MS)];
    const module = new URL('./repeating-child.ts', import.meta.url);
    const children = Array.from({ length: processes }, () => fork(module, words, { execArgv: [] }));
    const exits = children.map((child) => once(child, 'exit'));
    try {
      const begun = new Begun(children);
      await Promise.all(children.map((child) => once(child, 'message'))); // ready
      if ('each' in runs) await Promise.all(children.map((child) => begun.until(runs.each, child)));
      else await begun.until(runs.all);
      if (kill) {
        const victim = await begun.next();
        appendFileSync(record, `kill ${victim.pid}\n`);
        victim.kill('SIGKILL');
        await begun.until(begun.count() + 2);
      }
    } finally {
      for (const child of children) if (child.connected) child.disconnect();
      await Promise.all(exits); // each ends after its run
    }
    return readRecord(readFileSync(record, 'utf8'));
  });
}

/** What begins in each process, by its messages. */
class Begun {
  readonly #children: readonly ChildProcess[];
  readonly #counts = new Map<ChildProcess, number>();
  #changed = Promise.withResolvers<ChildProcess>();

  constructor(children: readonly ChildProcess[]) {
    this.#children = children;
    for (const child of children) {
      child.on('message', (message: Message) => {
        if (message !== 'begun') return;
        this.#counts.set(child, this.count(child) + 1);
        this.#changed.resolve(child);
        this.#changed = Promise.withResolvers();
      });
    }
  }

  /** Of one process, or of all. */
  count(child?: ChildProcess): number {
    const of = child === undefined ? this.#children : [child];
    return of.reduce((sum, one) => sum + (this.#counts.get(one) ?? 0), 0);
  }

  /** The process whose run begins next. */
  next(): Promise<ChildProcess> {
    return this.#changed.promise;
  }

  async until(count: number, child?: ChildProcess): Promise<void> {
    while (this.count(child) < count) await this.next();
  }
}

/** Reads lines of 'begin', 'end' or 'kill' and a pid. A kill ends what its process had under way. */
export function readRecord(text: string): Seen {
  const underWay = new Map<string, number>();
  const pids = new Set<string>();
  let [most, runs, cutOff, after, wasKill] = [0, 0, 0, 0, false];
  for (const line of text.trim().split('\n')) {
    const [what, pid] = line.split(' ') as ['begin' | 'end' | 'kill', string];
    const own = underWay.get(pid) ?? 0;
    if (what === 'begin') {
      runs++;
      if (wasKill) after++;
      pids.add(pid);
      underWay.set(pid, own + 1);
    } else if (what === 'end') {
      underWay.set(pid, Math.max(0, own - 1));
    } else {
      wasKill = true;
      cutOff += own;
      underWay.delete(pid);
    }
    most = Math.max(
      most,
      [...underWay.values()].reduce((sum, one) => sum + one, 0),
    );
  }
  return { most, runs, processes: pids.size, cutOff, after };
}
