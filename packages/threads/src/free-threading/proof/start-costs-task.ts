// A fresh process that starts threads and processes one after another, and says what each more of them took. Fresh,
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

async function census(start: () => Promise<Started>, count: number): Promise<Cost[]> {
  const all: Started[] = [];
  const costs: Cost[] = [];
  const total = (): number => memoryOf([...new Set([process.pid, ...all.map(({ pid }) => pid)])]);
  await (await start()).stop(); // the first one also loads what all of them need
  for (let before = total(); costs.length < count;) {
    const started = await start();
    all.push(started);
    const after = total();
    costs.push({ startUp: started.startUp, cpu: started.cpu, memory: after - before });
    before = after;
  }
  await Promise.all(all.map((started) => started.stop()));
  return costs;
}

process.on('disconnect', () => process.exit());
const count = Number(process.argv[2]);
const costs: Costs = { process: await census(startProcess, count), thread: await census(startThread, count) };
process.send!(costs, () => process.disconnect!());
