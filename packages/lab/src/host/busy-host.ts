// How busy the whole machine was while something was measured: where it had no core to spare, slowness proves nothing.

import { BUSY_SHARE } from '../claim/judge.ts';
import type { Judgement } from '../claim/judge.ts';
import { readCoreTimes } from './host.ts';

/**
 * Starts to watch. The function that it returns says which share of all cores' time was busy since, from 0 to 1; undefined
 * where the system does not say.
 */
export function watchLoad(): () => number | undefined {
  const before = readCoreTimes();
  return () => {
    const after = readCoreTimes();
    const sum = (of: 'busy' | 'idle'): number =>
      after.reduce((total, core, index) => total + core[of] - (before[index]?.[of] ?? core[of]), 0);
    const [busy, idle] = [sum('busy'), sum('idle')];
    return busy + idle > 0 ? busy / (busy + idle) : undefined;
  };
}

/** The judgement, but a refutation only where the machine had a core to spare: else it is inconclusive. */
export function unlessBusy(judgement: Judgement, load: number | undefined): Judgement {
  if (judgement.verdict !== 'refuted' || load === undefined || load < BUSY_SHARE) return judgement;
  const share = Math.round(100 * load);
  return { verdict: 'inconclusive', reason: `${judgement.reason}; the cores were ${share} % busy meanwhile` };
}
