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

/** From the hand-out of the work to the end of the lane that took longest, ms. */
export interface LongestLane {
  /** Without the time for which that lane had no core. */
  readonly own: number;
  /** Without the time, too, for which another lane had none while this one may have slept for it. */
  readonly least: number;
  /** If the lanes had lost as much to one another all the time as they did while they ran side by side. */
  readonly most: number;
}

/**
 * A unit's wait before its start counts for at most the gap since the lane's previous unit.
 *
 * @param share of their time in which the lanes ran side by side
 * @param unit what one takes with nothing to wait for, ms: lanes may report their computing in part, or not
 */
export function longestLane({ submitted, reports }: Phase, share = 1, unit = 0): LongestLane | undefined {
  const lanes = new Map<string, { ended: number; waited: number; reports: LaneReport[] }>();
  for (const report of reports.toSorted((a, b) => a.started - b.started)) {
    if (report.waited === undefined) return undefined;
    const lane = lanes.get(report.lane) ?? { ended: submitted, waited: 0, reports: [] };
    lane.reports.push(report);
    const gap = Math.max(0, report.started - lane.ended);
    lane.waited += report.waited + Math.min(report.waitedBefore ?? 0, gap);
    lane.ended = Math.max(lane.ended, report.ended);
    lanes.set(report.lane, lane);
  }
  const all = [...lanes.values()];
  const slept = (lane: (typeof all)[number]): number =>
    all.reduce((sum, other) => sum + (other === lane ? 0 : other.waited - harmless(other.reports, lane.reports)), 0);
  const atMost = (lane: (typeof all)[number]): number => {
    const own = lane.ended - submitted - lane.waited;
    const took = lane.reports.reduce((sum, { computing }) => sum + Math.max(computing?.took ?? 0, unit), 0);
    return own + Math.max(0, own - took) * (1 / Math.max(share, Number.EPSILON) - 1);
  };
  return {
    own: Math.max(...all.map(({ ended, waited }) => ended - submitted - waited)),
    most: Math.max(...all.map(atMost)),
    least: Math.max(...all.map((lane) => lane.ended - submitted - lane.waited - slept(lane))),
  };
}

/** Waits for a core, ms, for which nobody slept: those of a lane while the other one is known to have been computing. */
function harmless(waiting: readonly LaneReport[], other: readonly LaneReport[]): number {
  const active = other.flatMap(({ computing }) => [...(computing?.spans ?? []), ...(computing?.breaks ?? [])]);
  const breaks = waiting.flatMap(({ computing }) => computing?.breaks ?? []);
  return breaks.reduce((sum, [from, to, waited]) => {
    const beside = active.reduce((total, [a, b]) => total + Math.max(0, Math.min(to, b) - Math.max(from, a)), 0);
    return sum + Math.max(0, waited - (to - from - beside));
  }, 0);
}

/** The share of their time that lanes run side by side in a trial that shows a lock between them. */
export const LEAST_SIDE_BY_SIDE = 0.25;

/**
 * How much of their time lanes ran side by side, from 0 to 1, as far as it is known: by the spans that they report, or by
 * CPU time that does not fit into the time that passed otherwise.
 *
 * @param most as many as can run at once
 */
export function sideBySide({ reports }: Phase, most: number): number {
  const cpu = reports.reduce((sum, report) => sum + report.cpu, 0);
  const passed = Math.max(...reports.map(({ ended }) => ended)) - Math.min(...reports.map(({ started }) => started));
  const atBest = cpu * (1 - 1 / most);
  return atBest > 0 ? Math.min(1, Math.max(0, cpu - passed, overlapOf(reports)) / atBest) : 0;
}

/** Time that a unit took to compute, ms, whatever the lane waited or spun for beside that; undefined where it is not known. */
export function computingTimeOf({ units, reports }: Phase): number | undefined {
  return reports.some(({ computing }) => computing === undefined)
    ? undefined
    : reports.reduce((sum, { computing }) => sum + computing!.took, 0) / units;
}

/** Time for which lanes ran beside another, ms: of three at once two count. */
function overlapOf(reports: readonly LaneReport[]): number {
  const edges = reports.flatMap(({ computing }) =>
    (computing?.spans ?? []).flatMap(([from, to]) => [
      { at: from, step: 1 },
      { at: to, step: -1 },
    ]),
  );
  let [overlap, running, since] = [0, 0, 0];
  for (const { at, step } of edges.toSorted((a, b) => a.at - b.at || a.step - b.step)) {
    overlap += Math.max(0, running - 1) * (at - since);
    running += step;
    since = at;
  }
  return overlap;
}
