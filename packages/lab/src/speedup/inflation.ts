// How much dearer work gets on this host when work runs beside it.
//
// Two logical cores may share the units of one physical core, and under a hypervisor they may do so now and not a second
// later. Work then takes more CPU time side by side than alone, and no mechanism can reach a speedup of one per lane.

import { workerLanes } from './lane.ts';
import type { Lanes } from './lane.ts';
import { runPhase, warmUp } from './trial.ts';
import type { Unit } from '../task/workload.ts';

/** A gauge of the inflation: lanes that are known to be honest, opened when they are first needed. */
export interface InflationGauge {
  /** CPU time of a unit beside others / alone, at least 1. Takes two units of time. */
  measure(): Promise<number>;
  close(): Promise<void>;
}

export function inflationGauge(lanes: number, unit: Unit): InflationGauge {
  let opened: Promise<{ one: Lanes; many: Lanes }> | undefined;
  const open = async (): Promise<{ one: Lanes; many: Lanes }> => {
    const [one, many] = [workerLanes(1), workerLanes(lanes)];
    await warmUp(one, 1, unit);
    await warmUp(many, lanes, unit);
    return { one, many };
  };
  return {
    async measure() {
      const { one, many } = await (opened ??= open());
      const alone = await runPhase(one, 1, unit);
      const together = await runPhase(many, lanes, unit);
      return Math.max(1, cpuOfUnit(together.reports) / cpuOfUnit(alone.reports));
    },
    async close() {
      const gauge = await opened;
      await Promise.all([gauge?.one.close(), gauge?.many.close()]);
    },
  };
}

function cpuOfUnit(reports: readonly { cpu: number }[]): number {
  return reports.reduce((sum, { cpu }) => sum + cpu, 0) / reports.length;
}
