// Tasks with known answers for the self-check of the lab: units that a lock keeps from running at the same time.

import { probe } from '../task/probe.ts';
import type { LaneReport } from '../task/probe.ts';
import { computing } from '../task/spans.ts';
import { countPrimes, runUnit, UNIT_MS } from '../task/workload.ts';
import type { Unit } from '../task/workload.ts';

export interface Locking {
  /** One shared number: 0 free, 1 taken. */
  readonly lock: Int32Array;
  /** The share of a unit under the lock: its first part at once, or in sections all of it. */
  readonly share: number;
  readonly sections?: '1 ms' | '50 us';
  /** Whether a lane that waits for the lock keeps its core. */
  readonly spins?: true;
}

export function locking(options: Omit<Locking, 'lock'>): Locking {
  return { ...options, lock: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

export default function task(unit: Unit, { share, sections, ...lock }: Locking): LaneReport {
  return probe(() => {
    if (sections === '50 us') return inShortSections(unit, lock);
    const pieces = sections === '1 ms' ? Math.round(UNIT_MS) : 1;
    const size = Math.max(1, Math.round(unit.repeats / pieces));
    const locked = Math.round(size * share);
    for (let done = 0; done < unit.repeats; done += size) {
      underLock(lock, () => runUnit({ ...unit, repeats: locked }));
      runUnit({ ...unit, repeats: size - locked });
    }
  });
}

/** 783 primes below 6,000: a sixth of a repeat of the kernel. */
function inShortSections({ repeats }: Unit, lock: Pick<Locking, 'lock' | 'spins'>): void {
  for (let section = 0; section < 6 * repeats; section++) {
    underLock(lock, () => {
      const computed = computing();
      if (countPrimes(6_000) !== 783) throw new Error('Expected 783 primes below 6,000');
      computed();
    });
  }
}

function underLock({ lock, spins }: Pick<Locking, 'lock' | 'spins'>, work: () => void): void {
  while (Atomics.compareExchange(lock, 0, 0, 1) !== 0) {
    if (!spins) Atomics.wait(lock, 0, 1);
  }
  work();
  Atomics.store(lock, 0, 0);
  Atomics.notify(lock, 0, 1);
}
