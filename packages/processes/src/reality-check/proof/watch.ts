// Lanes of one kind, watched while they work.

import { cpuTime, runPhase, warmUp } from '@cookbook/lab/speedup';
import type { OpenLanes, Phase } from '@cookbook/lab/speedup';
import type { Unit } from '@cookbook/lab/task';
import { watchCores } from '../recipe.ts';
import type { CoreSample } from '../recipe.ts';

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
    const { result, samples } = await watchCores(() => runPhase(many, lanes * rounds, unit), onSample);
    return sightOf(result, samples);
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
