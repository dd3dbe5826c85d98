// One side of a trial: some units of work on some lanes, and what that took.

import { readCoreTimes } from '../host/host.ts';
import type { Lanes } from './lane.ts';
import { now } from '../task/clock.ts';
import type { LaneReport } from '../task/probe.ts';
import type { Unit } from '../task/workload.ts';

export interface Phase {
  readonly units: number;
  /** When the units were handed out and when the last was done, by `now()`, ms. */
  readonly submitted: number;
  readonly finished: number;
  readonly reports: readonly LaneReport[];
  /** Time of all cores together, ms, idle and busy; left out where the system does not say. */
  readonly idle?: number;
  readonly busy?: number;
}

/** Runs so many units on the lanes and notes what that took. */
export async function runPhase(lanes: Lanes, units: number, unit: Unit): Promise<Phase> {
  const before = readCoreTimes();
  const submitted = now();
  const reports = await lanes.run(Array.from({ length: units }, () => unit));
  const finished = now();
  const after = readCoreTimes();
  const spent = (field: 'idle' | 'busy'): number =>
    after.reduce((sum, core, n) => sum + core[field] - before[n]![field], 0);
  return { units, submitted, finished, reports, ...(after.length > 0 && { idle: spent('idle'), busy: spent('busy') }) };
}

/** Three short units a lane: a fresh lane's first unit takes up to 15 times as long while its code is compiled. */
export async function warmUp(lanes: Lanes, count: number, unit: Unit): Promise<void> {
  const short = { ...unit, repeats: Math.ceil(unit.repeats / 4) };
  for (let round = 0; round < 3; round++) await lanes.run(Array.from({ length: count }, () => short));
}

/** CPU time of all reports, ms. */
export function cpuTime({ reports }: Phase): number {
  return reports.reduce((sum, { cpu }) => sum + cpu, 0);
}

/** Time for which lanes had no core, ms; undefined where the system does not say. */
export function waitingTimeOf({ reports }: Phase): number | undefined {
  return reports.some(({ waited }) => waited === undefined)
    ? undefined
    : reports.reduce((sum, { waited }) => sum + waited!, 0);
}

/**
 * From the hand-out of the work to the end of the lane that took longest, in ms, without the time for which that lane
 * had no core. A unit's wait before its start counts for at most the gap since the lane's previous unit.
 */
export function longestLane({ submitted, reports }: Phase): number | undefined {
  const lanes = new Map<string, { ended: number; waited: number }>();
  for (const report of reports.toSorted((a, b) => a.started - b.started)) {
    if (report.waited === undefined) return undefined;
    const lane = lanes.get(report.lane) ?? { ended: submitted, waited: 0 };
    const gap = Math.max(0, report.started - lane.ended);
    lane.waited += report.waited + Math.min(report.waitedBefore ?? 0, gap);
    lane.ended = Math.max(lane.ended, report.ended);
    lanes.set(report.lane, lane);
  }
  return Math.max(...[...lanes.values()].map(({ ended, waited }) => ended - submitted - waited));
}
