// Two runs side by side: which claims changed their verdict, and which figures moved.

import type { Figure, Verdict } from '@cookbook/lab/claim';
import { pythonsOf } from '@cookbook/lab/show';
import type { JsonClaim } from '@cookbook/lab/show';
import { allIds } from '../results/counts.ts';
import type { Results } from '../results/format.ts';
import { hostDifferences } from '../results/host.ts';
import type { HostDifference } from '../results/host.ts';

/** A figure that both runs have. */
export interface FigurePair {
  /** 'in Python: ...' where it is of that half. */
  readonly name: string;
  readonly before: Figure;
  readonly after: Figure;
  /** after / before, by the medians; undefined where that says nothing: one of them is 0, or their signs differ. */
  readonly ratio: number | undefined;
  /**
   * 'moved' where the intervals have no point in common; 'counted' where both are single counts that differ, of which no
   * interval says whether the next run would differ as much; 'same' otherwise.
   */
  readonly change: 'moved' | 'counted' | 'same';
}

export interface ClaimPair {
  readonly id: string;
  readonly before: Verdict;
  readonly after: Verdict;
  readonly reason: string | undefined;
  readonly figures: readonly FigurePair[];
  /** Names of figures that only one of the runs has, such as those of more lanes on more cores. */
  readonly unpaired: readonly string[];
}

export interface Comparison {
  readonly hosts: readonly HostDifference[];
  /** Claims that both runs measured, in the reading order of the second. */
  readonly claims: readonly ClaimPair[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export function compareResults(before: Results, after: Results): Comparison {
  const first = new Map(before.claims.map((claim) => [claim.id, claim]));
  const second = new Map(after.claims.map((claim) => [claim.id, claim]));
  const order = [...new Set([...allIds(after), ...second.keys(), ...allIds(before), ...first.keys()])];
  return {
    hosts: hostDifferences(before.host, after.host),
    claims: order.flatMap((id) => {
      const [one, other] = [first.get(id), second.get(id)];
      return one && other ? [pairClaims(one, other)] : [];
    }),
    onlyBefore: order.filter((id) => first.has(id) && !second.has(id)),
    onlyAfter: order.filter((id) => second.has(id) && !first.has(id)),
  };
}

function pairClaims(before: JsonClaim, after: JsonClaim): ClaimPair {
  const [ours, theirs] = [namedFigures(before), namedFigures(after)];
  const all = new Map([...ours, ...theirs]); // under the names of the second
  return {
    id: after.id,
    before: before.verdict,
    after: after.verdict,
    reason: after.reason ?? before.reason,
    figures: [...theirs].flatMap(([key, { name, figure }]) => {
      const own = ours.get(key);
      return own ? [pairFigures(name, own.figure, figure)] : [];
    }),
    unpaired: [...all].flatMap(([key, { name }]) => (ours.has(key) && theirs.has(key) ? [] : name)),
  };
}

interface Named {
  readonly name: string;
  readonly figure: Figure;
}

/** By half and key, which stay where a name is mended; the figures of another unit are others. */
function namedFigures(claim: JsonClaim): Map<string, Named> {
  const halves = pythonsOf(claim).map(({ lock, figures }) => ({
    half: `in Python${lock === false ? ' without the lock' : ''}: `,
    figures,
  }));
  return new Map(
    [{ half: '', figures: claim.figures }, ...halves].flatMap(({ half, figures }) =>
      figures.map(
        (figure) => [`${half}${figure.key} ${figure.unit}`, { name: `${half}${figure.name}`, figure }] as const,
      ),
    ),
  );
}

function pairFigures(name: string, before: Figure, after: Figure): FigurePair {
  const ratio = after.median / before.median;
  return {
    name,
    before,
    after,
    ratio: ratio > 0 && Number.isFinite(ratio) ? ratio : undefined,
    change: changeOf(before, after),
  };
}

function changeOf(before: Figure, after: Figure): FigurePair['change'] {
  const apart = before.high < after.low || after.high < before.low;
  if (!apart) return 'same';
  return isPoint(before) && isPoint(after) ? 'counted' : 'moved';
}

function isPoint({ low, high }: Figure): boolean {
  return low === high;
}
