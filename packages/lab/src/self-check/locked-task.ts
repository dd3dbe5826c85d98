// Tasks with known answers for the self-check of the lab: units that a lock keeps from running at the same time.

import { probe } from '../task/probe.ts';
import type { LaneReport } from '../task/probe.ts';
import { runUnit } from '../task/workload.ts';
import type { Unit } from '../task/workload.ts';

export interface Locking {
  /** One shared number: 0 free, 1 taken. */
  readonly lock: Int32Array;
  /** 'mutex': all of a unit under a lock that sleeps; 'half': half of it; 'spin': all of it under one that does not. */
  readonly kind: 'mutex' | 'half' | 'spin';
}

export function locking(kind: Locking['kind']): Locking {
  return { kind, lock: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

export default function task({ kernel, repeats }: Unit, { lock, kind }: Locking): LaneReport {
  return probe(() => {
    const locked = kind === 'half' ? Math.round(repeats / 2) : repeats;
    while (Atomics.compareExchange(lock, 0, 0, 1) !== 0) {
      if (kind !== 'spin') Atomics.wait(lock, 0, 1);
    }
    runUnit({ kernel, repeats: locked });
    Atomics.store(lock, 0, 0);
    Atomics.notify(lock, 0, 1);
    runUnit({ kernel, repeats: repeats - locked });
  });
}
