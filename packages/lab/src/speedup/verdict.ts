// What the trials of a speedup say of lanes that are to run in parallel: from numbers to a judgement.

import { inTimes } from '../claim/figure.ts';
import { median, medianInterval } from '../claim/interval.ts';
import { CONTENDED_SHARE } from '../claim/judge.ts';
import type { Judgement } from '../claim/judge.ts';
import type { Speedup, Trial } from './speedup.ts';
import { LEAST_SIDE_BY_SIDE } from './trial.ts';

// A speedup is judged by its share of the gain that the host allowed, (speedup - 1) / (ceiling - 1): 0 for lanes that take
// turns, 1 for lanes that the host alone limits. Half-serial work (Amdahl) reaches a third on two lanes.

/** The share of the gain below which lanes do not run in parallel... */
const FAIL_SHARE = 0.4;
/** ...and above which they do. */
const PASS_SHARE = 0.5;

/** A trial under a lower ceiling says nothing: its gain is no larger than its noise. */
const LEAST_CEILING = 1.3;
const LEAST_TRIALS = 3;

/** From this many idle cores a lane on, waiting means that the cores may not be used: a quota or an affinity. */
const RESTRICTED_IDLE = 0.25;

/** Above this ratio of CPU time, more than the host explains, lanes spend CPU on waiting for one another. */
const SPINNING_RATIO = 1.13;

/** Where the system does not report waiting time: the most of a core that other programs may use in a trial that counts. */
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
  if (telling.some((trial) => trial.potential === undefined)) return judgeByObserved({ ...speedup, trials: telling });

  const share = median(telling.map((trial) => gain(trial.potential!, ceilingOf(trial))));
  const potential = medianInterval(telling.map((trial) => trial.potential!));
  const bound = inTimes(parallelBound(telling));
  if (median(telling.map(gainAtMost)) < FAIL_SHARE) {
    return {
      verdict: 'refuted',
      reason: `potential speedup ${inTimes(potential.median)}, parallel lanes exceed ${bound}${spinning(telling)}`,
    };
  }
  if (share <= PASS_SHARE) {
    return {
      verdict: 'inconclusive',
      reason: `potential speedup ${inTimes(potential.low)} to ${inTimes(potential.high)}, around the bound of ${bound}${share < FAIL_SHARE ? excuse(telling) : ''}`,
    };
  }
  if (cores === 1) {
    const seen = `1 core: lanes never run side by side here; potential speedup ${inTimes(potential.median)}`;
    return { verdict: 'cannot-show', reason: seen };
  }
  if (observedGain(telling) > PASS_SHARE) return { verdict: 'holds' };
  return withEvidence({ ...speedup, trials: telling });
}

/**
 * Lanes that a host runs one after another never meet at a lock between them, and look parallel whatever they are. So a
 * potential that was not observed counts only in trials whose lanes did run side by side.
 */
function withEvidence(speedup: Speedup): Judgement {
  const shown = speedup.trials.filter(({ sideBySide = 0 }) => sideBySide >= LEAST_SIDE_BY_SIDE);
  const gains = shown.map((trial) => gain(trial.potentialLeast ?? trial.potential!, ceilingOf(trial)));
  if (shown.length >= LEAST_TRIALS && median(gains) > PASS_SHARE) return explainObserved(speedup);
  if (shown.length >= LEAST_TRIALS) {
    const least = inTimes(median(shown.map((trial) => trial.potentialLeast ?? trial.potential!)));
    return {
      verdict: 'inconclusive',
      reason: `this run shows a potential of ${least} at least: lanes that run side by side for a part of the time may lose to one another in the rest`,
    };
  }
  const side = median(speedup.trials.map(({ sideBySide = 0 }) => sideBySide));
  return {
    verdict: 'inconclusive',
    reason: `this host is known to have run the lanes side by side for only ${percent(side)} of the time${spreading(speedup)}: what keeps them apart cannot show`,
  };
}

/**
 * Whether more trials could not change what `judgeParallel` says. A refutation stands once no trial at all came near:
 * on a machine shared with others, single trials of parallel lanes were seen down to 1.2 of 2, of serial ones up to 1.05.
 */
export function isSettled(speedup: Speedup): boolean {
  const { verdict, qualifier } = judgeParallel(speedup);
  if (verdict === 'refuted') {
    return speedup.trials.every((trial) => gainAtMost(trial) < FAIL_SHARE);
  }
  return (verdict === 'holds' && qualifier === undefined) || (verdict === 'cannot-show' && speedup.cores === 1);
}

function kept({ spreadAfter }: Speedup): string {
  return spreadAfter === undefined ? '' : `; after ${spreadAfter} trials each lane was kept on a core of its own`;
}

function spreading({ spreadAfter }: Speedup): string {
  return spreadAfter === undefined ? '' : `, though on cores of their own after ${spreadAfter} trials`;
}

/** Potential above its bound, observed below: who had the cores? */
function explainObserved(speedup: Speedup): Judgement {
  const { lanes, trials } = speedup;
  const waiting = median(trials.flatMap(({ waitingShare }) => waitingShare ?? []));
  const idle = median(trials.flatMap(({ idleCores }) => idleCores ?? []));
  const seen = `observed only ${inTimes(secondBest(trials))}: lanes waited for a core ${percent(waiting)} of their time`;
  if (waiting >= CONTENDED_SHARE && idle / lanes < RESTRICTED_IDLE) {
    return {
      verdict: 'holds',
      qualifier: 'contended',
      reason: `${seen}, other programs had the cores${kept(speedup)}`,
    };
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
    return { verdict: 'cannot-show', reason: '1 core, and this system does not say how long a thread waits for it' };
  const known = trials.every(({ foreignCores }) => foreignCores !== undefined);
  const admitted = known ? trials.filter(({ foreignCores }) => foreignCores! <= MOST_FOREIGN_CORES) : trials;
  if (admitted.length < LEAST_TRIALS) {
    return {
      verdict: 'inconclusive',
      reason: `the cores were free in only ${admitted.length} of ${trials.length} trials: close other programs and run again`,
    };
  }
  const seen = `observed speedup ${inTimes(secondBest(admitted))}, parallel lanes on free cores exceed ${inTimes(parallelBound(admitted))}`;
  const share = observedGain(admitted);
  if (share > PASS_SHARE) return { verdict: 'holds' };
  if (!known) return { verdict: 'inconclusive', reason: `${seen}; this system does not say whether they were free` };
  // A lane on a slow core takes more CPU time for the same work. That is not told from a lane that spins.
  if (second(admitted.map(gainAtMost)) < FAIL_SHARE) {
    return { verdict: 'refuted', reason: `${seen}${spinning(admitted)}` };
  }
  return { verdict: 'inconclusive', reason: `${seen}${share < FAIL_SHARE ? excuse(admitted) : ''}` };
}

/** The trials in which the host left a gain to be seen; all of them where it never did. */
export function tellingTrials(trials: readonly Trial[]): readonly Trial[] {
  const telling = trials.filter(({ ceiling }) => ceiling >= LEAST_CEILING);
  return telling.length > 0 ? telling : trials;
}

/** Whether most trials gained what is claimed, as the second best did, or did not for another reason than busy cores. */
export function isTypical({ trials }: Speedup): boolean {
  const telling = tellingTrials(trials);
  const share = median(telling.map((trial) => gain(trial.observed, ceilingOf(trial))));
  return share > PASS_SHARE || median(telling.flatMap(({ waitingShare }) => waitingShare ?? [])) < CONTENDED_SHARE;
}

/** The share of the possible gain that a speedup is. */
function gain(speedup: number, ceiling: number): number {
  return (speedup - 1) / (ceiling - 1);
}

/** The ceiling, raised to that of a host that inflates nothing where the trial itself did not show the inflation. */
function ceilingOf({ ceiling, inflation, sawInflation }: Trial): number {
  return sawInflation === true ? ceiling : ceiling * inflation;
}

/**
 * The largest share of the gain that the trial can have had: with the waits of all lanes taken off, and, where its inflation
 * is not known, with all that its CPU time grew by as the host's. More than a host can explain says nothing.
 */
function gainAtMost(trial: Trial): number {
  const most = trial.potentialMost ?? trial.potential ?? trial.observed;
  if (trial.sawInflation === true) return gain(most, trial.ceiling);
  const ceiling = ceilingOf(trial) / Math.max(1, trial.cpuRatio);
  return ceiling < LEAST_CEILING ? 1 : gain(most, ceiling);
}

/** The speedup that parallel lanes exceed under the ceiling that the host set: 1.5 of 2. */
export function parallelBound(trials: readonly Trial[]): number {
  const ceiling = median(trials.map((trial) => trial.ceiling));
  return Number((1 + PASS_SHARE * (ceiling - 1)).toFixed(3));
}

/**
 * The second best observed share. Not the median: a neighbour only ever takes away, and serial code never exceeds 1.
 * Not the best: one lucky trial proves nothing.
 */
function observedGain(trials: readonly Trial[]): number {
  return second(trials.map((trial) => gain(trial.observed, ceilingOf(trial))));
}

function secondBest(trials: readonly Trial[]): number {
  return second(trials.map(({ observed }) => observed));
}

function second(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => b - a);
  return sorted[1] ?? sorted[0] ?? 0;
}

/** Why lanes that gained too little are not refuted. */
function excuse(trials: readonly Trial[]): string {
  const ratio = median(trials.map(({ cpuRatio, sawInflation }) => (sawInflation === true ? 1 : cpuRatio)));
  return ratio > INFLATED_RATIO
    ? `; the same work took ${inTimes(ratio)} the CPU time side by side: caches and memory are shared here, cores are of unequal speed, or lanes spin`
    : '; lanes may have slept while others waited for a core';
}

/** CPU time that grew by more than the host's inflation was burnt in waiting. */
function spinning(trials: readonly Trial[]): string {
  const excess = median(trials.map(({ cpuRatio, inflation }) => cpuRatio / inflation));
  return excess > SPINNING_RATIO
    ? `; its CPU time grew ${inTimes(excess)}: lanes spin while they wait for one another`
    : '';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Above this ratio, work that has no lock takes more CPU time side by side because caches and memory are shared. */
const INFLATED_RATIO = 1.13;

/**
 * As the lab judges that lanes run in parallel, except that a refutation needs a quiet host: where other programs had the
 * cores, or where the same work took more CPU time side by side, it is inconclusive, with that as the reason.
 *
 * For work without a lock only: lanes that spin while they wait for one another take more CPU time too.
 */
export function judgeWork(speedup: Speedup): Judgement {
  const judgement = judgeParallel(speedup);
  if (judgement.verdict !== 'refuted') return judgement;
  const waiting = median(speedup.trials.flatMap(({ waitingShare }) => waitingShare ?? []));
  const ratio = median(speedup.trials.map(({ cpuRatio }) => cpuRatio));
  const reason = judgement.reason?.split(';')[0];
  if (waiting >= CONTENDED_SHARE) {
    const share = Math.round(100 * waiting);
    return { verdict: 'inconclusive', reason: `${reason}; other programs had the cores ${share} % of the time` };
  }
  if (ratio > INFLATED_RATIO) {
    const seen = `the same work took ${ratio.toFixed(2)}x the CPU time side by side: caches and memory are shared here`;
    return { verdict: 'inconclusive', reason: `${reason}; ${seen}` };
  }
  return judgement;
}
