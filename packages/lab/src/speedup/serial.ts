// What the trials of a speedup allow one to say of lanes that are to take turns.

import { inTimes } from '../claim/figure.ts';
import { medianInterval } from '../claim/interval.ts';
import type { Judgement } from '../claim/judge.ts';
import { measureSpeedup } from './speedup.ts';
import type { Speedup, SpeedupOptions } from './speedup.ts';

/** Serial code was seen at up to 1.05; half-serial code starts at 1.3. */
export const SERIAL_MOST = 1.15;
/** Serial lanes are refuted by so many trials, or by fewer that all come out far from serial. */
const TRIALS_TO_REFUTE = 5;
const PLAINLY_FASTER = 1.4;

/**
 * What the trials say of the claim that the lanes take turns: nothing is gained, however many there are.
 * A host shared with others slows down between the two halves of a trial, so that a single one shows serial work at 1.3:
 * a refutation takes a whole interval above the bound.
 */
export function judgeSerial({ trials }: Speedup): Judgement {
  const potentials = trials.flatMap((trial) => trial.potential ?? []);
  const sides = [potentials, trials.map(({ observed }) => observed)].filter((side) => side.length > 0);
  const fastest = sides.map(medianInterval).toSorted((a, b) => b.median - a.median)[0]!;
  if (fastest.median <= SERIAL_MOST) return { verdict: 'holds' };
  if (fastest.low <= SERIAL_MOST || (trials.length < TRIALS_TO_REFUTE && fastest.low < PLAINLY_FASTER)) {
    return {
      verdict: 'inconclusive',
      reason: `speedup ${inTimes(fastest.low)} to ${inTimes(fastest.high)}, around the bound of ${inTimes(SERIAL_MOST)}`,
    };
  }
  return {
    verdict: 'refuted',
    reason: `speedup ${inTimes(fastest.median)}, lanes that take turns stay under ${inTimes(SERIAL_MOST)}`,
  };
}

/** Whether the trials suffice for what `judgeSerial` says. */
export function isSerialSettled(speedup: Speedup): boolean {
  return judgeSerial(speedup).verdict !== 'inconclusive';
}

/** Trials of lanes that are to take turns, until that is clear: 2 to 12 unless `options` say otherwise. */
export function measureSerial(options: SpeedupOptions): Promise<Speedup> {
  // Lanes that take turns are one lane by turns: one unit alone is enough to compare with.
  return measureSpeedup({ trials: [2, 12], unitsAlone: 1, enough: isSerialSettled, ...options });
}
