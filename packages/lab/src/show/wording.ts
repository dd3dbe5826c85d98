// Verdicts, counts and the host in words, the same on a terminal, on the page, in a test's message and in a README.

import { formatNumber } from '../claim/figure.ts';
import type { Judgement, Verdict } from '../claim/judge.ts';
import type { Host } from '../host/host.ts';

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  refuted: 'refuted',
  inconclusive: 'inconclusive',
  'cannot-show': 'cannot show here',
};

const MARKS: Readonly<Record<Verdict, string>> = { holds: '✓', refuted: '✗', inconclusive: '?', 'cannot-show': '–' };

/** A sign for a verdict: '!' for one that holds, but on a machine that was busy or restricted. */
export function markOf({ verdict, qualifier }: Pick<Judgement, 'verdict' | 'qualifier'>): string {
  return verdict === 'holds' && qualifier ? '!' : MARKS[verdict];
}

/** 'holds (contended): observed only 1.2x ...' */
export function describeVerdict({ verdict, qualifier, reason }: Judgement): string {
  return `${VERDICT_WORDS[verdict]}${qualifier ? ` (${qualifier})` : ''}${reason ? `: ${reason}` : ''}`;
}

/** '1 claim', '5 claims' */
export function claimsOf(count: number): string {
  return `${count} ${count === 1 ? 'claim' : 'claims'}`;
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
