// One mechanism: what it took, what it gained, and its line in the table.

import os from 'node:os';
import { counted, counts, exactly, median, medianInterval } from '@cookbook/lab/claim';
import type { Finding } from '@cookbook/lab/claim';
import { table } from '@cookbook/lab/show';
import { parallel, serial, tellingTrials } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { coresBusy } from '../recipe.ts';
import type { CoreSample } from '../recipe.ts';
import type { Sight } from './watch.ts';

/** Of what the lanes used, the samples see at least so much. */
const LEAST_SEEN = 0.6;

export interface Mechanism {
  /** Begins the keys of its figures: 'threads' of 'threads-cores-busy'. */
  readonly key: string;
  /** 'worker threads' */
  readonly name: string;
  readonly expected: 'parallel' | 'serial';
}

export interface Row extends Mechanism {
  readonly sight: Sight;
  readonly speedup: Speedup;
  readonly finding: Finding;
}

/** What was found of a mechanism: the cores that its lanes kept busy, and its speedup, which is judged. */
export function rowOf(mechanism: Mechanism, sight: Sight, speedup: Speedup): Row {
  const { key, name, expected } = mechanism;
  const busy = counted(`${key}-cores-busy`, `cores kept busy by ${name}`, sight.cpu / sight.wall, 'cores');
  const words = `${name.charAt(0).toUpperCase()}${name.slice(1)} kept {${key}-cores-busy} busy, at {${key}-observed} the speed of one.`;
  const finding = (expected === 'parallel' ? parallel : serial)(key, name, speedup, words);
  return { ...mechanism, sight, speedup, finding: { ...finding, figures: [busy, ...finding.figures] } };
}

/**
 * The samples against the clocks of the lanes, which know nothing of each other: every sample has every core, and sees at
 * least what the lanes used. A phase is a few samples long, of which the first begins before it.
 */
export function watchedCores(rows: readonly Row[]): Finding {
  const seen = rows.filter(({ sight: { samples } }) => samples.length > 0 && samples.every(hasLoads));
  if (seen.length === 0) return counts('');
  const samples = seen.flatMap(({ sight }) => sight.samples);
  const shares = seen.map(({ sight }) => coresBusy(sight.samples) / (sight.cpu / sight.wall));
  const cores = Math.min(...samples.map(({ loads }) => loads.length));
  const name = 'cores busy by the samples / by the clocks of the lanes, the least';
  return counts(
    '',
    counted('cores-watched', 'cores in every sample', cores, 'cores', exactly(os.cpus().length)),
    counted('cores-seen', name, Math.min(...shares), 'x', { least: LEAST_SEEN }),
  );
}

function hasLoads({ loads }: CoreSample): boolean {
  return loads.length > 0; // the system says how busy its cores were
}

/** The table under the picture. */
export function drawRows(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const { wall, cpu } = row.sight;
    const trials = tellingTrials(row.speedup.trials);
    return {
      '': row.name,
      wall: seconds(wall),
      'CPU time': seconds(cpu),
      'cores busy': (cpu / wall).toFixed(2),
      'host allows': `${median(trials.map(({ ceiling }) => ceiling)).toFixed(2)}x`,
      'potential speedup': interval(trials.flatMap(({ potential }) => potential ?? [])),
      'observed speedup': interval(trials.map(({ observed }) => observed)),
      verdict: inWords(row),
    };
  });
  return table(cells, ['wall', 'CPU time', 'cores busy', 'host allows', 'potential speedup', 'observed speedup']);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

function interval(samples: readonly number[]): string {
  if (samples.length === 0) return 'unknown here';
  const { median: middle, low, high } = medianInterval(samples);
  return `${middle.toFixed(2)}x [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function inWords({ expected, finding: { judgement } }: Row): string {
  const words = expected === 'parallel' ? 'run in parallel' : 'take turns';
  const { verdict, qualifier } = judgement!;
  if (verdict === 'holds') return qualifier ? `${words}, ${qualifier}` : words;
  if (verdict === 'refuted') return expected === 'parallel' ? 'do not run in parallel' : 'do not take turns';
  return verdict === 'inconclusive' ? 'not clear' : 'cannot show here';
}
