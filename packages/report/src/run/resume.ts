// Going on with a run that was cut short: only on the host, for the selection and with the claims that it began with.

import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '@cookbook/lab/command';
import type { Host } from '@cookbook/lab/host';
import { allIds } from '../results/counts.ts';
import type { Selection } from '../results/format.ts';
import { hostDifferences } from '../results/host.ts';
import type { Kept } from '../results/store.ts';
import { nameOf } from '../results/store.ts';
import type { Plan } from '../chapter/plan.ts';
import { describeSelection } from './arguments.ts';

/**
 * The latest run, if it was cut short and can be gone on with.
 *
 * @param kept the results that there are, the newest first
 * @param selection what is asked for now; undefined where nothing is: as before
 * @throws UsageError that says what differs
 */
export function findCutShort(
  kept: readonly Kept[],
  selection: Selection | undefined,
  host: Host,
  plan: Pick<Plan, 'chapters'>,
): Kept {
  const found = kept.find(({ results }) => results.finished === undefined);
  if (found === undefined) throw new UsageError('Expected --resume after a run that was cut short, found none');
  const { results } = found;
  const of = `what ${nameOf(found.file)} began with`;

  const [difference] = hostDifferences(results.host, host);
  if (difference !== undefined) {
    const { field, before, after } = difference;
    throw new UsageError(`Expected --resume on ${of}, ${field} ${before ?? 'none'}, got ${after ?? 'none'}`);
  }
  if (selection !== undefined && !isDeepStrictEqual(selection, results.selection)) {
    throw new UsageError(`Expected --resume of ${of}, '${results.command}', got '${describeSelection(selection)}'`);
  }
  const [before, now] = [allIds(results), allIds(plan)];
  const change = describeChange(
    now.filter((id) => !before.includes(id)),
    before.filter((id) => !now.includes(id)),
  );
  if (change !== undefined)
    throw new UsageError(`Expected --resume with the claims of ${nameOf(found.file)}, but ${change}`);
  return found;
}

function describeChange([added]: readonly string[], [removed]: readonly string[]): string | undefined {
  if (added !== undefined) return `${added} is new`;
  return removed === undefined ? undefined : `${removed} is gone`;
}
