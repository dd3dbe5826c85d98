// How long a run will take yet.

import type { Kept } from '../results/store.ts';
import { hostDifferences } from '../results/host.ts';
import type { Host } from '@cookbook/lab/host';

/** Seconds that each claim took the last time that it was measured on this host, by id. */
export function knownSeconds(kept: readonly Kept[], host: Host): Map<string, number> {
  const known = new Map<string, number>();
  for (const { results } of kept.filter((one) => hostDifferences(one.results.host, host).length === 0)) {
    for (const { id, seconds } of results.claims) if (!known.has(id)) known.set(id, seconds); // the newest comes first
  }
  return known;
}

/**
 * Seconds until claims are measured: what each took before, and for those never measured the mean of all others.
 *
 * @param rest ids, the one that is being measured first
 * @param running seconds since that one began
 * @param measured seconds of the claims of this run so far
 * @returns undefined where nothing is known yet
 */
export function secondsLeft(
  rest: readonly string[],
  running: number,
  measured: readonly number[],
  known: ReadonlyMap<string, number>,
): number | undefined {
  const all = measured.length > 0 ? measured : [...known.values()];
  if (all.length === 0) return undefined;
  const mean = all.reduce((sum, seconds) => sum + seconds, 0) / all.length;
  const [first = 0, ...others] = rest.map((id) => known.get(id) ?? mean);
  return Math.max(0, first - running) + others.reduce((sum, seconds) => sum + seconds, 0);
}
