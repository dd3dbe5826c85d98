// Claim      The same CPU-bound work keeps one core busy as async tasks, and every core as worker threads or forked
//            processes. Python's threads keep one busy while it has its lock, its processes every one.
// Mechanism  One event loop runs one function at a time. Threads and processes have each a loop of their own, and the
//            system spreads them over the cores.
// Use when   you wonder what your machine does with your work: watch its cores while it runs.
// Do not     conclude from a busy core that work gets done: the speedup says that.
// Run        pnpm tsx packages/processes/src/main.ts reality-check

import type { CoreSample } from '@cookbook/lab/claim';
import { watchCores } from '@cookbook/lab/host';
import { cpuTime, runPhase, warmUp } from '@cookbook/lab/speedup';
import type { OpenLanes, Phase } from '@cookbook/lab/speedup';
import type { Unit } from '@cookbook/lab/task';

export interface Work {
  readonly unit: Unit;
  readonly lanes: number;
  /** How often each lane does its unit. */
  readonly rounds: number;
}

/** What was seen of a mechanism. */
export interface Sight {
  /** By `now()`, ms. */
  readonly started: number;
  /** ms */
  readonly wall: number;
  /** CPU time of all lanes, ms. */
  readonly cpu: number;
  readonly samples: readonly CoreSample[];
}

/** Runs the work on lanes of one kind and watches the cores meanwhile. */
export async function watchMechanism(
  open: OpenLanes,
  { unit, lanes, rounds }: Work,
  onSample: (sample: CoreSample) => void,
): Promise<Sight> {
  const many = await open(lanes);
  try {
    await warmUp(many, lanes, unit);
    const watch = await watchCores(onSample);
    const phase = await runPhase(many, lanes * rounds, unit);
    return sightOf(phase, await watch.stop());
  } finally {
    await many.close();
  }
}

/** Of all samples those that were taken while the phase ran. */
export function sightOf(phase: Phase, samples: readonly CoreSample[]): Sight {
  const { submitted, finished } = phase;
  return {
    started: submitted,
    wall: finished - submitted,
    cpu: cpuTime(phase),
    samples: samples.filter(({ at }) => at > submitted && at <= finished),
  };
}
