// What a run is to show: names from the command line against the claims that there are.

import { DEFAULT_TIME_BUDGET } from '@cookbook/lab/claim';
import { UsageError } from '@cookbook/lab/command';
import type { Selection } from '../results/format.ts';
import { allIds } from '../results/counts.ts';
import { chapterOf } from '../chapter/plan.ts';
import type { Plan } from '../chapter/plan.ts';

/** What is to be typed for this selection: 'pnpm start --only threads --quick'. */
export function describeSelection({ only, quick, timeBudget }: Selection): string {
  return [
    'pnpm start',
    only.length > 0 && `--only ${only.join(',')}`,
    quick && '--quick',
    timeBudget !== DEFAULT_TIME_BUDGET && `--time-budget ${timeBudget}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * The ids that names stand for, in reading order; all where there is no name.
 *
 * @param names chapters, such as 'threads', and claims, such as 'processes/kill'
 * @throws UsageError where a name stands for nothing
 */
export function selectIds(names: readonly string[], { chapters }: Pick<Plan, 'chapters'>): string[] {
  const ids = allIds({ chapters });
  const unreadable = new Set(chapters.filter(({ failure }) => failure !== undefined).map(({ name }) => name));
  const unknown = names.find((name) => !unreadable.has(name) && !ids.some((id) => standsFor(name, id)));
  if (unknown !== undefined) {
    throw new UsageError(`Expected --only to name chapters or claims, got '${unknown}': ${advice(unknown, ids)}`);
  }
  return names.length === 0 ? [...ids] : ids.filter((id) => names.some((name) => standsFor(name, id)));
}

function standsFor(name: string, id: string): boolean {
  return id === name || chapterOf(id) === name;
}

function advice(wrong: string, ids: readonly string[]): string {
  const meant = ids.filter((id) => id.endsWith(`/${wrong}`));
  if (meant.length > 0) return `did you mean ${meant.map((id) => `'${id}'`).join(' or ')}?`;
  return `the chapters are ${[...new Set(ids.map(chapterOf))].join(', ')}`;
}
