// A fresh process that starts threads and processes one after another, and reports what each more of them took. Fresh,
// because a process that has run threads before has memory left over that the next ones use.

import { memoryOf } from './memory.ts';
import { startProcess, startThread } from '../recipe.ts';
import type { Started } from '../recipe.ts';

/** What one more took. */
export interface Cost {
  /** ms until its first message */
  readonly startUp: number;
  /** ms of CPU time until then */
  readonly cpu: number;
  /** MiB, all that the program has in memory counted */
  readonly memory: number;
}

export interface Costs {
  readonly thread: readonly Cost[];
  readonly process: readonly Cost[];
}

const ready = new URL('./ready-task.ts', import.meta.url);

async function measureStarts(start: (module: URL) => Promise<Started<number>>, count: number): Promise<Cost[]> {
  const all: Started<number>[] = [];
  const costs: Cost[] = [];
  const total = (): number => memoryOf([...new Set([process.pid, ...all.map(({ pid }) => pid)])]);
  await (await start(ready)).stop(); // the first one also loads what all of them need
  for (let before = total(); costs.length < count;) {
    const began = performance.now();
    const started = await start(ready);
    const startUp = performance.now() - began;
    all.push(started);
    const after = total();
    costs.push({ startUp, cpu: started.message, memory: after - before });
    before = after;
  }
  await Promise.all(all.map((started) => started.stop()));
  return costs;
}

process.on('disconnect', () => process.exit());
const count = Number(process.argv[2]);
const costs: Costs = {
  process: await measureStarts((module) => startProcess(module), count),
  thread: await measureStarts((module) => startThread(module), count),
};
process.send!(costs, () => process.disconnect!());
