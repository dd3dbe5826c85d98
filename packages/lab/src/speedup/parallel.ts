// What the trials of a speedup say of lanes that are to run in parallel: from numbers to a judgement.

import { inTimes } from '../claim/figure.ts';
import type { Bound, Figure } from '../claim/figure.ts';
import type { Finding } from '../claim/finding.ts';
import { median, medianInterval, sampled } from '../claim/interval.ts';
import { CONTENDED_SHARE } from '../claim/judge.ts';
import type { Judgement } from '../claim/judge.ts';
import { judgeSerial, SERIAL_MOST } from './serial.ts';
import { measureSpeedup } from './speedup.ts';
import type { Speedup, SpeedupOptions, Trial } from './speedup.ts';

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

/** Trials of lanes that are to run in parallel, until that is clear: 5 to 20 unless `options` say otherwise. */
export function measureParallel(options: SpeedupOptions): Promise<Speedup> {
  return measureSpeedup({ enough: isSettled, ...options });
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

/**
 * Lanes that run in parallel. The figures are `KEY-potential`, where the system says how long lanes waited for a core, and
 * `KEY-observed`.
 *
 * @param label names the lanes within a sentence: 'two worker threads'
 * @param words what to say where they do; a machine that was busy in most trials, or is restricted, has words of its own
 * @param judge how the trials are judged
 */
export function parallel(
  key: string,
  label: string,
  speedup: Speedup,
  words = `${capital(label)} are {${key}-observed} as fast as one.`,
  judge: (speedup: Speedup) => Judgement = judgeParallel,
): Finding {
  const judgement = judge(speedup);
  const figures = speedupFigures(speedup, key, label, 'parallel');
  if (judgement.verdict !== 'holds') return { figures, judgement: labelled(judgement, label) };
  if (judgement.qualifier === undefined && isTypical(speedup)) return { figures, judgement, words };
  const waiting = speedup.trials.flatMap(({ waitingShare }) => (waitingShare === undefined ? [] : 100 * waitingShare));
  const waited = sampled(`${key}-waiting`, `time without a core, ${label}`, waiting, '%');
  return { figures: [...figures, waited], judgement, words: limitedWords(key, label, speedup, judgement) };
}

/** Whether most trials gained what is claimed, as the second best did, or did not for another reason than busy cores. */
function isTypical({ trials }: Speedup): boolean {
  const telling = tellingTrials(trials);
  const share = median(telling.map(({ observed, ceiling }) => gain(observed, ceiling)));
  return share > PASS_SHARE || median(telling.flatMap(({ waitingShare }) => waitingShare ?? [])) < CONTENDED_SHARE;
}

/** What to say where the potential holds and the machine kept this run, or most of its trials, from it. */
function limitedWords(key: string, label: string, { cores }: Speedup, { qualifier }: Judgement): string {
  const promise = `${label} would be {${key}-potential} as fast as one; in this run {${key}-observed}.`;
  if (cores === 1) return `One core: there is nothing to observe. On more, ${promise}`;
  return qualifier !== 'restricted'
    ? `This machine is busy: other programs had the cores for {${key}-waiting} of the time. With free cores ${promise}`
    : `A quota or an affinity keeps cores idle that ${label} could use. With them, ${promise}`;
}

/**
 * Lanes that take turns: nothing is gained, however many there are. Figures as for `parallel`.
 *
 * @param label names the lanes within a sentence: 'two async tasks'
 */
export function serial(
  key: string,
  label: string,
  speedup: Speedup,
  words = `${capital(label)} gain nothing: {${key}-observed} the speed of one.`,
): Finding {
  const figures = speedupFigures(speedup, key, label, 'serial');
  return { figures, judgement: labelled(judgeSerial(speedup), label), words };
}

/** The judgement with its reason naming what it is about. */
function labelled(judgement: Judgement, label: string): Judgement {
  return judgement.reason === undefined ? judgement : { ...judgement, reason: `${label}: ${judgement.reason}` };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The potential and the observed speedup as figures, the former with the bound that is expected of it. */
export function speedupFigures(
  { lanes, cores, trials }: Speedup,
  key: string,
  label: string,
  expected?: 'parallel' | 'serial',
): Figure[] {
  const shown = tellingTrials(trials);
  const bounds: Record<'parallel' | 'serial', Bound> = {
    parallel: { least: parallelBound(shown) },
    serial: { most: SERIAL_MOST },
  };
  const bound = expected && bounds[expected];
  // More lanes than cores never ran at once: what they could do on more cores was not seen, and is not shown.
  const potentials = expected === undefined && lanes > cores ? [] : shown.flatMap(({ potential }) => potential ?? []);
  const observed = shown.map((trial) => trial.observed);
  return potentials.length > 0
    ? [
        sampled(`${key}-potential`, `potential speedup, ${label}`, potentials, 'x', bound),
        sampled(`${key}-observed`, `observed speedup, ${label}`, observed, 'x'),
      ]
    : [sampled(`${key}-observed`, `observed speedup, ${label}`, observed, 'x', bound)];
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

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
