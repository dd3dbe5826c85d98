// How much faster lanes get work done than one lane does, measured so that a busy neighbour can neither hide a speedup
// nor fake one. The method and what it was tried against: README.md, "How a speedup is measured".

import type { Context } from '../claim/claim.ts';
import { usableCores } from '../host/host.ts';
import { inflationGauge } from './inflation.ts';
import type { InflationGauge } from './inflation.ts';
import type { Lanes, OpenLanes } from './lane.ts';
import { cpuTime, longestLane, runPhase, waitingTimeOf, warmUp } from './trial.ts';
import type { Phase } from './trial.ts';
import { calibrate } from '../task/workload.ts';
import type { Unit } from '../task/workload.ts';

/** One comparison: `lanes` units by one lane, and the same units by `lanes` lanes. */
export interface Trial {
  /** CPU time of one lane / the longest lane's time, its waits for a core taken off: what the mechanism can do. */
  readonly potential: number | undefined;
  /** CPU time of one lane / wall time of all lanes: what this run got. Serial code cannot exceed 1. */
  readonly observed: number;
  /** CPU time of a unit among lanes / alone. About 1; more where lanes, or the host, make it dearer. */
  readonly cpuRatio: number;
  /** How many times the CPU time of work grows on this host, at that moment, when work runs beside it. */
  readonly inflation: number;
  /** The largest speedup that the host allowed so many lanes: as many as run at once, over the inflation. */
  readonly ceiling: number;
  /** Share of the time that lanes were able to run in which no core was free for them. */
  readonly waitingShare: number | undefined;
  /** Cores that stood idle meanwhile, and cores that other programs kept busy; undefined where it cannot be read. */
  readonly idleCores: number | undefined;
  readonly foreignCores: number | undefined;
}

export interface Speedup {
  readonly lanes: number;
  /** Cores that the host allows this process to use. */
  readonly cores: number;
  readonly trials: readonly Trial[];
}

export interface SpeedupOptions {
  readonly open: OpenLanes;
  readonly lanes: number;
  /** One lane to compare with that is open and warm already, and stays open; opened here where it is left out. */
  readonly one?: Lanes;
  /** Whether a ceiling is wanted where the host inflates work, as it is for a verdict; true by default. */
  readonly gauged?: boolean;
  /** Units that one lane does in a trial, at most as many as there are lanes: 2 by default. */
  readonly unitsAlone?: number;
  /** The work of a lane in a trial; calibrated to this host where it is left out. */
  readonly unit?: Unit;
  readonly context: Pick<Context, 'budget' | 'signal'>;
  /** Whether the trials so far are enough. Asked after every trial from the least number on. */
  readonly enough?: (speedup: Speedup) => boolean;
  /** Least and most number of trials: 5 and 20 by default. */
  readonly trials?: readonly [least: number, most: number];
}

/** The most time that the trials of one speedup take, ms: a host that is busy for longer will not be quiet soon. */
const TIME_LIMIT_MS = 5_000;

/** A single lane need not do all units: its time per unit is the same. Keeps many-core hosts within the time limit. */
const UNITS_ALONE = 2;

/** From here on a unit's CPU time has grown by more than the clock's steps explain: the host, or the lanes? */
const SUSPICIOUS_CPU_RATIO = 1.1;

/**
 * Runs trials until they are enough, their number or the time is spent.
 *
 * @throws RangeError where `lanes` is not an integer from 1 up
 * @throws whatever a lane throws, and the signal's reason when aborted
 */
export async function measureSpeedup(options: SpeedupOptions): Promise<Speedup> {
  const { open, lanes, context, unit = calibrate(), enough = () => true, trials: [least, most] = [5, 20] } = options;
  if (!Number.isInteger(lanes) || lanes < 1) {
    throw new RangeError(`Expected \`lanes\` to be an integer from 1 up, got ${lanes}`);
  }
  const unitsAlone = Math.min(lanes, options.unitsAlone ?? UNITS_ALONE);
  const deadline = performance.now() + Math.min(context.budget, TIME_LIMIT_MS);
  const speedup = { lanes, cores: usableCores(), trials: [] as Trial[] };

  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(closable: T): T => {
    opened.push(closable);
    return closable;
  };
  try {
    const gauge = options.gauged === false ? undefined : keep(inflationGauge(lanes, unit));
    const openWarm = async (count: number): Promise<Lanes> => {
      const opening = keep(await open(count));
      await warmUp(opening, count, unit);
      return opening;
    };
    const one = options.one ?? (await openWarm(1));
    const many = lanes === 1 ? one : await openWarm(lanes);
    do {
      context.signal.throwIfAborted();
      speedup.trials.push(await runTrial({ one, many, gauge, unit, unitsAlone }, speedup));
    } while (
      speedup.trials.length < least ||
      (speedup.trials.length < most && performance.now() < deadline && !enough(speedup))
    );
  } finally {
    await Promise.all(opened.map((closable) => closable.close()));
  }
  return speedup;
}

interface Track {
  readonly one: Lanes;
  readonly many: Lanes;
  readonly gauge: InflationGauge | undefined;
  readonly unit: Unit;
  readonly unitsAlone: number;
}

async function runTrial({ one, many, gauge, unit, unitsAlone }: Track, speedup: Speedup): Promise<Trial> {
  const { lanes, cores, trials } = speedup;
  const alone = (): Promise<Phase> => runPhase(one, unitsAlone, unit);
  const together = (): Promise<Phase> => runPhase(many, lanes, unit);
  // The order alternates, so that a machine that slows down or wakes up meanwhile favours neither.
  let trial: Trial;
  if (trials.length % 2 === 0) {
    const first = await alone();
    trial = compare(first, await together(), cores);
  } else {
    const first = await together();
    trial = compare(await alone(), first, cores);
  }
  const isSuspicious = trial.cpuRatio > SUSPICIOUS_CPU_RATIO && lanes > 1;
  return isSuspicious && gauge !== undefined ? inflate(trial, await gauge.measure()) : trial;
}

/** The trial under the lower ceiling of a host on which work side by side takes `inflation` times its CPU time alone. */
export function inflate(trial: Trial, inflation: number): Trial {
  return { ...trial, inflation, ceiling: trial.ceiling / inflation };
}

/** The trial that two phases make, on a host that inflates nothing. */
export function compare(alone: Phase, together: Phase, cores: number): Trial {
  const cpuAlone = (cpuTime(alone) / alone.units) * together.units;
  const cpuTogether = cpuTime(together);
  const waited = waitingTimeOf(together);
  const longest = longestLane(together);
  const wall = together.finished - together.submitted;
  const { idle, busy } = together;
  const known = idle !== undefined && busy !== undefined && idle + busy > 0;
  return {
    potential: longest === undefined ? undefined : cpuAlone / longest,
    observed: cpuAlone / wall,
    cpuRatio: cpuTogether / cpuAlone,
    inflation: 1,
    ceiling: cores === 1 ? together.units : Math.min(together.units, cores),
    waitingShare: waited === undefined ? undefined : waited / (waited + cpuTogether),
    idleCores: known ? Math.min(cores, idle / wall) : undefined,
    foreignCores: known ? Math.max(0, (busy - cpuTogether) / wall) : undefined,
  };
}
