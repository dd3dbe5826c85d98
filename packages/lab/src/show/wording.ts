// Verdicts, counts and the host in words, the same on a terminal, in a test's message and in a README.

import { formatNumber } from '../claim/figure.ts';
import type { Judgement, Verdict } from '../claim/judge.ts';
import type { Outcome } from '../claim/verify.ts';
import type { Host } from '../host/host.ts';

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
