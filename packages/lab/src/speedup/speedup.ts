// How much faster lanes get work done than one lane does, measured so that a busy neighbour can neither hide a speedup
// nor fake one. The method and what it was tried against: README.md, "How a speedup is measured".

import type { Context } from '../claim/claim.ts';
import { CONTENDED_SHARE } from '../claim/judge.ts';
import { usableCores } from '../host/host.ts';
import type { Lanes, OpenLanes } from './lane.ts';
import { spread } from './spread.ts';
import {
  computingTimeOf,
  cpuTime,
  LEAST_SIDE_BY_SIDE,
  longestLane,
  runPhase,
  sideBySide,
  waitingTimeOf,
  warmUp,
} from './trial.ts';
import type { Phase } from './trial.ts';
import { calibrate } from '../task/workload.ts';
import type { Unit } from '../task/workload.ts';

/** One comparison: `lanes` units by one lane, and the same units by `lanes` lanes. */
export interface Trial {
  /** What the work takes / the longest lane's time, its waits for a core taken off: what the mechanism can do. */
  readonly potential: number | undefined;
  /** The most that it can have been: a lane may have slept for another one that waited for a core. */
  readonly potentialMost?: number;
  /** The least: lanes lose nothing to one another while one of them has no core, and may have for the rest of the time. */
  readonly potentialLeast?: number;
  /** What the work takes / wall time of all lanes: what this run got. Serial code cannot exceed 1. */
  readonly observed: number;
  /** CPU time of a unit among lanes / alone. About 1; more where lanes, or the host, make it dearer. */
  readonly cpuRatio: number;
  /** How many times as long a unit took to compute among lanes, waits and spinning left out; 1 where that is not known. */
  readonly inflation: number;
  /** Whether it is known. */
  readonly sawInflation?: boolean;
  /** The largest speedup that the host allowed so many lanes: as many as run at once, over the inflation. */
  readonly ceiling: number;
  /** Share of the time that lanes were able to run in which no core was free for them. */
  readonly waitingShare: number | undefined;
  /** Share of the lanes' time in which they ran side by side, as far as it is known. */
  readonly sideBySide?: number;
  /** Cores that stood idle meanwhile, and cores that other programs kept busy; undefined where it cannot be read. */
  readonly idleCores: number | undefined;
  readonly foreignCores: number | undefined;
}

export interface Speedup {
  readonly lanes: number;
  /** Cores that the host allows this process to use. */
  readonly cores: number;
  readonly trials: readonly Trial[];
  /** How many trials were run before the lanes were kept on cores of their own; left out where they never were. */
  readonly spreadAfter?: number;
}

export interface SpeedupOptions {
  readonly open: OpenLanes;
  readonly lanes: number;
  /** One lane to compare with that is open and warm already, and stays open; opened here where it is left out. */
  readonly one?: Lanes;
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

/** So many trials in which the lanes are packed on one core; then they are kept apart. */
const MOST_PACKED = 3;

/** A single lane need not do all units: its time per unit is the same. Keeps many-core hosts within the time limit. */
const UNITS_ALONE = 2;

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
  const trials: Trial[] = [];
  let speedup: Speedup = { lanes, cores: usableCores(), trials };

  let letGo: (() => void) | undefined;
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(closable: T): T => {
    opened.push(closable);
    return closable;
  };
  try {
    const openWarm = async (count: number): Promise<Lanes> => {
      const opening = keep(await open(count));
      await warmUp(opening, count, unit);
      return opening;
    };
    const one = options.one ?? (await openWarm(1));
    const many = lanes === 1 ? one : await openWarm(lanes);
    do {
      context.signal.throwIfAborted();
      const { trial, together } = await runTrial({ one, many, unit, unitsAlone }, speedup);
      trials.push(trial);
      if (isPacked(trial) && trials.filter(isPacked).length === MOST_PACKED) {
        letGo = spread(together);
        if (letGo !== undefined) speedup = { ...speedup, spreadAfter: trials.length };
      }
    } while (trials.length < least || (trials.length < most && performance.now() < deadline && !enough(speedup)));
  } finally {
    letGo?.();
    await Promise.all(opened.map((closable) => closable.close()));
  }
  return speedup;
}

/** Whether the lanes had no chance to run side by side, as far as that is known: they waited for a core, and shared one. */
function isPacked({ sideBySide: share = 1, waitingShare = 0 }: Trial): boolean {
  return share < LEAST_SIDE_BY_SIDE && waitingShare >= CONTENDED_SHARE;
}

interface Track {
  readonly one: Lanes;
  readonly many: Lanes;
  readonly unit: Unit;
  readonly unitsAlone: number;
}

async function runTrial(
  { one, many, unit, unitsAlone }: Track,
  { lanes, cores, trials }: Speedup,
): Promise<{ trial: Trial; together: Phase }> {
  // The order alternates, so that a machine that slows down or wakes up meanwhile favours neither.
  const isAloneFirst = trials.length % 2 === 0;
  const early = isAloneFirst ? await runPhase(one, unitsAlone, unit) : undefined;
  const together = await runPhase(many, lanes, unit);
  const alone = early ?? (await runPhase(one, unitsAlone, unit));
  return { trial: compare(alone, together, cores), together };
}

/** The trial that two phases make; where lanes do not report their computing, on a host that inflates nothing. */
export function compare(alone: Phase, together: Phase, cores: number): Trial {
  const cpuAlone = (cpuTime(alone) / alone.units) * together.units;
  const cpuTogether = cpuTime(together);
  const waited = waitingTimeOf(together);
  const [takesAlone, takesTogether] = [computingTimeOf(alone), computingTimeOf(together)];
  const known = takesAlone !== undefined && takesTogether !== undefined;
  const dearer = known ? takesTogether / takesAlone : cpuTogether / cpuAlone;
  // A lane whose garbage is collected sleeps while threads of the collector work for it: that is time of the work too, and
  // no CPU time of the lane. Side by side the collectors want the same cores, and the lanes do more of it themselves.
  const takes = Math.max(cpuAlone, known ? takesAlone * together.units : 0);
  // Dearer alone than side by side: something else slowed the host meanwhile, and no gain may come of that.
  const work = takes * Math.min(1, dearer);
  const inflation = known ? Math.max(1, dearer) : 1;
  const most = cores === 1 ? together.units : Math.min(together.units, cores);
  const share = sideBySide(together, Math.min(together.units, Math.max(2, cores)));
  const longest = longestLane(together, share, (takes / together.units) * inflation);
  const wall = together.finished - together.submitted;
  const { idle, busy } = together;
  const sawCores = idle !== undefined && busy !== undefined && idle + busy > 0;
  return {
    potential: longest === undefined ? undefined : work / longest.own,
    ...(longest && {
      potentialMost:
        longest.least > 0 ? Math.min(together.units, (known ? work : cpuAlone) / longest.least) : together.units,
      potentialLeast: work / longest.most,
    }),
    observed: work / wall,
    cpuRatio: cpuTogether / cpuAlone,
    inflation,
    sawInflation: known,
    ceiling: most / inflation,
    sideBySide: share,
    waitingShare: waited === undefined ? undefined : waited / (waited + cpuTogether),
    idleCores: sawCores ? Math.min(cores, idle / wall) : undefined,
    foreignCores: sawCores ? Math.max(0, (busy - cpuTogether) / wall) : undefined,
  };
}
