// One mechanism's line in the table: what it took, what it gained, and the verdict.

import { medianInterval } from '@cookbook/lab/claim';
import type { Figure, Judgement } from '@cookbook/lab/claim';
import { table } from '@cookbook/lab/show';
import { judgeParallel, judgeSerial, speedupFigures, tellingTrials } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import type { Sight } from './recipe.ts';

export interface Row {
  readonly mechanism: string;
  readonly expected: 'parallel' | 'serial';
  readonly sight: Sight;
  readonly speedup: Speedup;
  readonly judgement: Judgement;
  readonly figures: readonly Figure[];
}

export function rowOf(mechanism: string, expected: Row['expected'], sight: Sight, speedup: Speedup): Row {
  const judgement = expected === 'parallel' ? judgeParallel(speedup) : judgeSerial(speedup);
  return { mechanism, expected, sight, speedup, judgement, figures: speedupFigures(speedup, mechanism, expected) };
}

/** 'worker threads kept 1.96 cores busy' */
export function coresBusy({ mechanism, sight: { cpu, wall } }: Row): string {
  return `${mechanism} kept ${(cpu / wall).toFixed(2)} cores busy`;
}

/** The table under the picture. */
export function drawRows(rows: readonly Row[]): string {
  const cells = rows.map(({ mechanism, expected, sight: { wall, cpu }, speedup, judgement }) => {
    const trials = tellingTrials(speedup.trials);
    return {
      '': mechanism,
      wall: seconds(wall),
      'CPU time': seconds(cpu),
      'cores busy': (cpu / wall).toFixed(2),
      'host allows': `${medianInterval(trials.map(({ ceiling }) => ceiling)).median.toFixed(2)}x`,
      'potential speedup': interval(trials.flatMap(({ potential }) => potential ?? [])),
      'observed speedup': interval(trials.map(({ observed }) => observed)),
      verdict: inWords(judgement, expected),
    };
  });
  return table(cells, ['wall', 'CPU time', 'cores busy', 'host allows', 'potential speedup', 'observed speedup']);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

function interval(samples: readonly number[]): string {
  if (samples.length === 0) return 'not told here';
  const { median, low, high } = medianInterval(samples);
  return `${median.toFixed(2)}x [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function inWords({ verdict, qualifier }: Judgement, expected: Row['expected']): string {
  const words = expected === 'parallel' ? 'run in parallel' : 'take turns';
  if (verdict === 'holds') return qualifier ? `${words}, ${qualifier}` : words;
  if (verdict === 'refuted') return expected === 'parallel' ? 'do not run in parallel' : 'do not take turns';
  return verdict === 'inconclusive' ? 'not clear' : 'cannot show here';
}
