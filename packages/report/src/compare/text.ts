// A comparison as text.

import { describeValue } from '@cookbook/lab/claim';
import { bold, claimsOf, describeHost, dim, VERDICT_WORDS, wrap } from '@cookbook/lab/show';
import type { Results } from '../results/format.ts';
import type { ClaimPair, Comparison, FigurePair } from './compare.ts';

/** Everything that differs, and a closing line that counts it. */
export function comparisonText(before: Results, after: Results, comparison: Comparison, columns: number): string {
  const changed = comparison.claims.filter((claim) => claim.before !== claim.after);
  return [
    `${bold('A')} ${wrap(describeHost(before.host), columns - 2)}\n${bold('B')} ${wrap(describeHost(after.host), columns - 2)}`,
    ...section(
      'Verdicts that changed',
      changed.map((claim) => verdictLine(claim, columns)),
    ),
    ...section('Figures that moved: their intervals have no point in common', moves(comparison, columns)),
    ...section('Measured in one of the runs only', [
      ...comparison.onlyBefore.map((id) => `  A  ${id}`),
      ...comparison.onlyAfter.map((id) => `  B  ${id}`),
    ]),
    describeComparison(comparison),
  ].join('\n\n');
}

/** '53 claims in both: 1 changed its verdict; 14 of 230 figures moved, ...' */
export function describeComparison({ claims }: Comparison): string {
  const changed = claims.filter(({ before, after }) => before !== after).length;
  const figures = claims.flatMap((claim) => claim.figures);
  const count = (change: FigurePair['change']): number => figures.filter((one) => one.change === change).length;
  const unpaired = claims.reduce((sum, claim) => sum + claim.unpaired.length, 0);
  return [
    `${claimsOf(claims.length)} in both: ${changed} changed ${changed === 1 ? 'its verdict' : 'their verdicts'}`,
    `${count('moved')} of ${figures.length} figures moved`,
    `${count('counted')} counts differ`,
    `${unpaired} figures are in one of the runs only`,
  ].join('; ');
}

/** '1.30x up', '2.10x down', 'from 0' */
export function describeMove({ ratio }: FigurePair): string {
  if (ratio === undefined) return 'no ratio';
  return ratio >= 1 ? `${ratio.toFixed(2)}x up` : `${(1 / ratio).toFixed(2)}x down`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${bold(title)}\n${lines.join('\n')}`];
}

function verdictLine({ id, before, after, reason }: ClaimPair, columns: number): string {
  const line = `  ${id}: ${VERDICT_WORDS[before]} -> ${VERDICT_WORDS[after]}`;
  return reason === undefined ? line : `${line}\n${dim(wrap(reason, columns, '    '))}`;
}

/** A claim's id, and below it a line for each of its figures that moved. */
function moves({ claims }: Comparison, columns: number): string[] {
  return claims.flatMap(({ id, figures }) => {
    const lines = figures
      .filter(({ change }) => change === 'moved')
      .map((pair) => wrap(describePair(pair), columns, '      ').replace('      ', '    ')); // its later lines stand deeper
    return lines.length === 0 ? [] : [`  ${id}`, ...lines];
  });
}

/** 'speedup: 1.90x [1.80, 2] -> 1.20x [1.10, 1.30], 1.58x down' */
function describePair(pair: FigurePair): string {
  return `${pair.name}: ${describeValue(pair.before)} -> ${describeValue(pair.after)}, ${describeMove(pair)}`;
}
