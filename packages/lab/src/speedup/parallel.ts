// Lanes that run in parallel, and lanes that take turns, as findings: their figures, and what to say of them.

import type { Bound, Figure } from '../claim/figure.ts';
import type { Finding } from '../claim/finding.ts';
import { sampled } from '../claim/interval.ts';
import type { Judgement } from '../claim/judge.ts';
import { judgeSerial, SERIAL_MOST } from './serial.ts';
import { measureSpeedup } from './speedup.ts';
import type { Speedup, SpeedupOptions } from './speedup.ts';
import { isSettled, isTypical, judgeParallel, parallelBound, tellingTrials } from './verdict.ts';

/** Trials of lanes that are to run in parallel, until that is clear: 5 to 20 unless `options` say otherwise. */
export function measureParallel(options: SpeedupOptions): Promise<Speedup> {
  return measureSpeedup({ enough: isSettled, ...options });
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
  return { figures: [...figures, waited], judgement, words: limitedWords(key, label, judgement) };
}

/** What to say where the potential holds and the machine kept this run, or most of its trials, from it. */
function limitedWords(key: string, label: string, { qualifier }: Judgement): string {
  const promise = `${label} would be {${key}-potential} as fast as one; in this run {${key}-observed}.`;
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
