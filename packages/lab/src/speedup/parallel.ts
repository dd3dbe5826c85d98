// What the trials of a speedup allow one to say. Pure: from numbers to a judgement.

import type { Bound, Figure, Judgement } from '../claim/claim.ts';
import { medianInterval, sampled } from '../claim/interval.ts';
import { SERIAL_MOST } from './serial.ts';
import type { Speedup, Trial } from './speedup.ts';
import { inTimes } from '../show/wording.ts';

// A speedup is judged by its share of the gain that the host allowed, (speedup - 1) / (ceiling - 1): 0 for lanes that take
// turns, 1 for lanes that the host alone limits. Half-serial work (Amdahl) reaches a third on two lanes.

/** The share of the gain below which lanes do not run in parallel... */
const FAIL_SHARE = 0.4;
/** ...and above which they do. */
const PASS_SHARE = 0.5;

/** A trial under a lower ceiling says nothing: its gain is no larger than its noise. */
const LEAST_CEILING = 1.3;
const LEAST_TRIALS = 3;

/** From this share of waiting on, and with cores that are not idle, a neighbour had the cores. */
const CONTENDED_SHARE = 0.2;
/** From this many idle cores a lane on, waiting means that the cores may not be used: a quota or an affinity. */
const RESTRICTED_IDLE = 0.25;

/** Above this ratio of CPU time, more than the host explains, lanes spend CPU on waiting for one another. */
const SPINNING_RATIO = 1.13;

/** Where the system does not tell waiting time: the most of a core that other programs may use in a trial that counts. */
const MOST_FOREIGN_CORES = 0.2;

/** What the trials say of the claim that the lanes run in parallel. `inconclusive` may change with more trials. */
export function judgeParallel(speedup: Speedup): Judgement {
  const { lanes, cores, trials } = speedup;
  const telling = trials.filter(({ ceiling }) => ceiling >= LEAST_CEILING);
  if (telling.length < Math.min(LEAST_TRIALS, trials.length)) {
    const ceiling = median(trials.map((trial) => trial.ceiling));
    const reason = `work side by side takes so much more CPU time on this host that ${lanes} lanes can reach ${inTimes(ceiling)} at most`;
    return { verdict: 'cannot-show', reason };
  }
  const gains = telling.flatMap(({ potential, ceiling }) => (potential === undefined ? [] : gain(potential, ceiling)));
  if (gains.length < telling.length) return judgeByObserved({ ...speedup, trials: telling });

  const share = median(gains);
  const potential = medianInterval(telling.map((trial) => trial.potential!));
  const bound = inTimes(parallelBound(telling));
  if (share < FAIL_SHARE) {
    return {
      verdict: 'refuted',
      reason: `potential speedup ${inTimes(potential.median)}, parallel lanes exceed ${bound}${spinning(telling)}`,
    };
  }
  if (share <= PASS_SHARE) {
    return {
      verdict: 'inconclusive',
      reason: `potential speedup ${inTimes(potential.low)} to ${inTimes(potential.high)}, around the bound of ${bound}`,
    };
  }
  if (cores === 1) {
    return {
      verdict: 'holds',
      qualifier: 'restricted',
      reason: `1 core: nothing to observe; potential speedup ${inTimes(potential.median)}`,
    };
  }
  if (observedGain(telling) > PASS_SHARE) return { verdict: 'holds' };
  return explainObserved({ ...speedup, trials: telling });
}

/**
 * Whether more trials could not change what `judgeParallel` says. A refutation stands once no trial at all came near:
 * on a machine shared with others, single trials of parallel lanes were seen down to 1.2 of 2, of serial ones up to 1.05.
 */
export function isSettled(speedup: Speedup): boolean {
  const { verdict, qualifier } = judgeParallel(speedup);
  if (verdict === 'refuted') {
    return speedup.trials.every(
      ({ potential, observed, ceiling }) => gain(potential ?? observed, ceiling) < FAIL_SHARE,
    );
  }
  return verdict === 'holds' && (qualifier === undefined || speedup.cores === 1);
}

/** Potential above its bound, observed below: who had the cores? */
function explainObserved({ lanes, trials }: Speedup): Judgement {
  const waiting = median(trials.flatMap(({ waitingShare }) => waitingShare ?? []));
  const idle = median(trials.flatMap(({ idleCores }) => idleCores ?? []));
  const seen = `observed only ${inTimes(secondBest(trials))}: lanes waited for a core ${percent(waiting)} of their time`;
  if (waiting >= CONTENDED_SHARE && idle / lanes < RESTRICTED_IDLE) {
    return { verdict: 'holds', qualifier: 'contended', reason: `${seen}, other programs had the cores` };
  }
  if (waiting >= CONTENDED_SHARE) {
    return {
      verdict: 'holds',
      qualifier: 'restricted',
      reason: `${seen} while ${idle.toFixed(1)} cores stood idle: a quota or an affinity`,
    };
  }
  return { verdict: 'inconclusive', reason: `${seen}, which does not explain it` };
}

/** Without waiting times only trials count in which the cores were free for us. */
function judgeByObserved({ cores, trials }: Speedup): Judgement {
  if (cores === 1)
    return { verdict: 'cannot-show', reason: '1 core, and this system does not tell how long a thread waits for it' };
  const told = trials.every(({ foreignCores }) => foreignCores !== undefined);
  const admitted = told ? trials.filter(({ foreignCores }) => foreignCores! <= MOST_FOREIGN_CORES) : trials;
  if (admitted.length < LEAST_TRIALS) {
    return {
      verdict: 'inconclusive',
      reason: `the cores were free in only ${admitted.length} of ${trials.length} trials: close other programs and run again`,
    };
  }
  const seen = `observed speedup ${inTimes(secondBest(admitted))}, parallel lanes on free cores exceed ${inTimes(parallelBound(admitted))}`;
  const share = observedGain(admitted);
  if (share > PASS_SHARE) return { verdict: 'holds' };
  if (!told) return { verdict: 'inconclusive', reason: `${seen}; whether they were free this system does not tell` };
  if (share < FAIL_SHARE) return { verdict: 'refuted', reason: `${seen}${spinning(admitted)}` };
  return { verdict: 'inconclusive', reason: seen };
}

/** The potential and the observed speedup as figures, the former with the bound that is expected of it. */
export function speedupFigures({ trials }: Speedup, label: string, expected?: 'parallel' | 'serial'): Figure[] {
  const shown = tellingTrials(trials);
  const bounds: Record<'parallel' | 'serial', Bound> = {
    parallel: { least: parallelBound(shown) },
    serial: { most: SERIAL_MOST },
  };
  const bound = expected && bounds[expected];
  const potentials = shown.flatMap(({ potential }) => potential ?? []);
  const observed = shown.map((trial) => trial.observed);
  return potentials.length > 0
    ? [
        sampled(`potential speedup, ${label}`, potentials, 'x', bound),
        sampled(`observed speedup, ${label}`, observed, 'x'),
      ]
    : [sampled(`observed speedup, ${label}`, observed, 'x', bound)];
}

/** The trials in which the host left a gain to be seen; all of them where it never did. */
export function tellingTrials(trials: readonly Trial[]): readonly Trial[] {
  const telling = trials.filter(({ ceiling }) => ceiling >= LEAST_CEILING);
  return telling.length > 0 ? telling : trials;
}

/** The share of the possible gain that a speedup is. */
function gain(speedup: number, ceiling: number): number {
  return (speedup - 1) / (ceiling - 1);
}

/** The speedup that parallel lanes exceed under the ceiling that the host set: 1.5 of 2. */
function parallelBound(trials: readonly Trial[]): number {
  const ceiling = median(trials.map((trial) => trial.ceiling));
  return Number((1 + PASS_SHARE * (ceiling - 1)).toFixed(3));
}

/**
 * The second best observed share. Not the median: a neighbour only ever takes away, and serial code never exceeds 1.
 * Not the best: one lucky trial proves nothing.
 */
function observedGain(trials: readonly Trial[]): number {
  return second(trials.map(({ observed, ceiling }) => gain(observed, ceiling)));
}

function secondBest(trials: readonly Trial[]): number {
  return second(trials.map(({ observed }) => observed));
}

function second(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => b - a);
  return sorted[1] ?? sorted[0] ?? 0;
}

/** CPU time that grew by more than the host's inflation was burnt in waiting. */
function spinning(trials: readonly Trial[]): string {
  const excess = median(trials.map(({ cpuRatio, inflation }) => cpuRatio / inflation));
  return excess > SPINNING_RATIO
    ? `; its CPU time grew ${inTimes(excess)}: lanes spin while they wait for one another`
    : '';
}

function median(samples: readonly number[]): number {
  return samples.length === 0 ? 0 : medianInterval(samples).median;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
