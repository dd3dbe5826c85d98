// Verdicts, figures and counts in words, the same on a terminal, in a test's message and in a README.

import type { Figure, Judgement, Verdict } from '../claim/claim.ts';
import type { Host } from '../host/host.ts';
import type { Outcome } from '../claim/verify.ts';

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  refuted: 'refuted',
  inconclusive: 'inconclusive',
  'cannot-show': 'cannot show here',
};

/** 'holds (contended): observed only 1.2x ...' */
export function describeVerdict({ verdict, qualifier, reason }: Judgement): string {
  return `${VERDICT_WORDS[verdict]}${qualifier ? ` (${qualifier})` : ''}${reason ? `: ${reason}` : ''}`;
}

/** 'potential speedup, 2 threads: 1.94x [1.90, 1.97], at least 1.5x' */
export function describeFigure(figure: Figure): string {
  const bound = describeBound(figure);
  return `${figure.name}: ${describeValue(figure)}${bound && `, ${bound}`}`;
}

/** The finding in a few words: the measurement's own, or its first bounded figure. */
export function headlineOf({ headline, figures }: Pick<Outcome, 'headline' | 'figures'>): string | undefined {
  const first = figures.find(({ bound }) => bound !== undefined) ?? figures[0];
  return headline ?? (first && describeFigure(first));
}

/** '1.94x [1.90, 1.97]'; a count has no interval. */
export function describeValue({ median, low, high, unit }: Figure): string {
  const value = withUnit(median, unit);
  return low === median && high === median ? value : `${value} [${formatNumber(low)}, ${formatNumber(high)}]`;
}

export function describeBound({ bound, unit }: Figure): string {
  if (bound?.least !== undefined && bound.least === bound.most) return `exactly ${withUnit(bound.least, unit)}`;
  return [
    bound?.least === undefined ? '' : `at least ${withUnit(bound.least, unit)}`,
    bound?.most === undefined ? '' : `at most ${withUnit(bound.most, unit)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function withUnit(value: number, unit: string): string {
  return unit === 'x' || unit === '%' ? `${formatNumber(value)}${unit}` : `${formatNumber(value)} ${unit}`;
}

/** '1.94x' */
export function inTimes(ratio: number): string {
  return `${ratio.toFixed(2)}x`;
}

/** Three significant digits below 1,000, whole numbers with separators from there on. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1_000) return Math.round(value).toLocaleString('en-US');
  return size >= 100 ? value.toFixed(0) : size >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
}

/** '5 claims: 3 hold (1 contended), 1 refuted, 1 inconclusive, 0 cannot be shown here' */
export function summarize(outcomes: readonly Outcome[]): string {
  const count = (verdict: Verdict): number => outcomes.filter(({ judgement }) => judgement.verdict === verdict).length;
  const qualified = (['contended', 'restricted'] as const).flatMap((qualifier) => {
    const number = outcomes.filter(({ judgement }) => judgement.qualifier === qualifier).length;
    return number > 0 ? [`${number} ${qualifier}`] : [];
  });
  const claims = `${outcomes.length} ${outcomes.length === 1 ? 'claim' : 'claims'}`;
  const hold = `${count('holds')} ${count('holds') === 1 ? 'holds' : 'hold'}${qualified.length > 0 ? ` (${qualified.join(', ')})` : ''}`;
  return `${claims}: ${hold}, ${count('refuted')} refuted, ${count('inconclusive')} inconclusive, ${count('cannot-show')} cannot be shown here`;
}

/** 'AMD EPYC, 2 cores (2.00 of 2 free when tried), Linux 6.18 x64, Node v26.10.0, load 0.1, 2026-11-22T02:17:14Z' */
export function describeHost({
  cpu,
  cores,
  coresOfMachine,
  quota,
  parallelism,
  platform,
  node,
  load,
  date,
}: Host): string {
  const usable =
    cores < coresOfMachine
      ? `${cores} of ${coresOfMachine} cores usable`
      : `${cores} ${cores === 1 ? 'core' : 'cores'}`;
  const limited = quota === undefined ? '' : `, quota of ${formatNumber(quota)}`;
  const free = `${parallelism.measured.toFixed(2)} of ${parallelism.tried} free when tried`;
  return `${cpu}, ${usable}${limited} (${free}), ${platform}, Node ${node}, load ${load}, ${date}`;
}
