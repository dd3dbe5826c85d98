// Claim      Measured eight times in one process, a function that never changes costs over 1.5 times as much the last time.
// Mechanism  V8 inlines it into each new caller, whose quick code for it is worse than what it had.
// Use when   you compare variants: a process for each, or pairs in turn.
// Do not     measure one after the other in a loop.
// Copy       recipe.ts, child.ts; Node 24 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts call-sites

import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A third of a millisecond of integer arithmetic: the step of a linear congruential generator, again and again. */
export function work(seed: number): number {
  let state = seed;
  for (let step = 0; step < 300_000; step++) state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
  return state;
}

/** CPU time of a call in ms, as a benchmark takes it: with a closure that calls what it was given, many times. */
export function cpuOf(variant: (n: number) => unknown, calls = 100): number {
  const call = (n: number) => variant(n);
  const before = process.threadCpuUsage();
  for (let n = 0; n < calls; n++) call(n);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000 / calls;
}

/** How many times as much the last of eight variants costs as the first; all eight are the same function. */
export function trap(): number {
  // #region trap
  const variants = Array.from({ length: 8 }, () => work); // all the same
  const times = variants.map((variant) => cpuOf(variant));
  const ratio = times.at(-1)! / times[0]!;
  // #endregion
  return ratio;
}

/** How many times as much B costs as A, in processes of their own: the least of `runs` each, since noise only adds. */
export async function fix(runs = 5): Promise<number> {
  const least = { a: Infinity, b: Infinity };
  for (let run = 0; run < runs; run++) {
    // #region fix
    least.a = Math.min(least.a, await inNewProcess('once')); // cpuOf(a)
    least.b = Math.min(least.b, await inNewProcess('once')); // cpuOf(b)
    // #endregion
  }
  return least.b / least.a;
}

/** How many times as much B costs as A, in turns: the median of seven pairs. */
export function cheaperFix(): number {
  const [a, b] = [work, work];
  // #region cheaper
  const pairs = Array.from({ length: 7 }, () => cpuOf(b) / cpuOf(a));
  const ratio = pairs.toSorted((x, y) => x - y)[3]!; // the median
  // #endregion
  return ratio;
}

/**
 * What `child.ts` measures in a process that has run nothing before.
 *
 * @param execArgv flags for Node.js
 *
 * @throws Error where it ends without an answer
 */
export async function inNewProcess(what: 'once' | 'trap' | 'pairs', execArgv: string[] = []): Promise<number> {
  const child = fork(new URL('./child.ts', import.meta.url), [what], { execArgv });
  try {
    const end = once(child, 'exit').then(() => Promise.reject(new Error('Expected a figure of the child, got none')));
    const [figure] = (await Promise.race([once(child, 'message'), end])) as [number];
    return figure;
  } finally {
    child.kill();
  }
}
