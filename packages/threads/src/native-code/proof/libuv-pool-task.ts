// A process with a libuv pool of a size of its own: measures how parallel the pool is, and behind how many keys a stat waits.

import { pbkdf2Sync } from 'node:crypto';
import { runPhase } from '@cookbook/lab/speedup';
import type { Phase } from '@cookbook/lab/speedup';
import type { Unit } from '@cookbook/lab/task';
import { libuvLanes } from './pool-lanes.ts';
import { deriveKey, deriveKeys, statBehind } from '../recipe.ts';

const KEY_MS = 35;
const ROUNDS = 5;

/** What is to be measured: so many trials of so many keys at once. */
export interface PoolJob {
  /** The size of this process's pool; it is in the environment too. */
  readonly size: number;
  readonly lanes: number;
  readonly trials: number;
}

export interface PoolAnswer {
  readonly lanes: number;
  readonly trials: readonly { readonly alone: Phase; readonly together: Phase }[];
  /** Keys that were done before an `fs.stat` was answered, of so many that were asked for before it. */
  readonly stat: { readonly keys: number; readonly full: readonly number[]; readonly oneFree: readonly number[] };
}

process.on('disconnect', () => process.exit());
const { size, lanes, trials } = JSON.parse(process.argv[2]!) as PoolJob;
const iterations = calibrateKey();
const expected = keyOf(iterations);
const job = async (): Promise<void> => {
  const key = await deriveKey(iterations);
  if (key !== expected) throw new Error(`Expected the key ${expected}, got ${key}`);
};
const unit: Unit = { kernel: 'primes', repeats: 1 }; // only counted: a job is a key
const [one, many] = [libuvLanes(job, 'one at a time'), libuvLanes(job, 'at once')];
await deriveKeys(lanes, 1_000); // starts the threads

const answer = { lanes, trials: [] as { alone: Phase; together: Phase }[] };
for (let trial = 0; trial < trials; trial++) {
  answer.trials.push({ alone: await runPhase(one, 2, unit), together: await runPhase(many, lanes, unit) });
}
const stat = { keys: 2 * size + 1, full: [] as number[], oneFree: [] as number[] };
for (let round = 0; round < ROUNDS; round++) {
  stat.full.push(await statBehind(stat.keys, Math.ceil(iterations / 4)));
  stat.oneFree.push(await statBehind(size - 1, Math.ceil(iterations / 4)));
}
process.send!({ ...answer, stat } satisfies PoolAnswer, () => process.disconnect!());

/** The iterations that take about KEY_MS here. Other programs only make a run slower, so the quickest of five counts. */
function calibrateKey(): number {
  const tried = 10_000;
  let quickest = Infinity;
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    keyOf(tried);
    quickest = Math.min(quickest, performance.now() - start);
  }
  return Math.ceil((tried * KEY_MS) / quickest);
}

function keyOf(count: number): string {
  return pbkdf2Sync('password', 'salt', count, 32, 'sha256').toString('hex');
}
