// What stands below the lines of a run: a row a chapter, and what the run does not show.

import { chapterOf, recipeOf } from '@cookbook/lab/claim';
import { claimsOf, table, wrap } from '@cookbook/lab/show';
import { allIds, countVerdicts, missingIds } from '../results/counts.ts';
import type { PlannedChapter, Results } from '../results/format.ts';

/** A row a chapter: its verdicts counted, what was left out or is missing, and the seconds that it took. */
export function verdictTable(results: Results): string {
  const rows = results.chapters.map((chapter) => rowOf(chapter, results));
  const shown = Object.keys(rows[0] ?? {}).filter((column) => rows.some((row) => row[column] !== 0));
  return table(
    rows.map((row) => Object.fromEntries(shown.map((column) => [column, String(row[column])]))),
    shown.slice(1),
  );
}

function rowOf(chapter: PlannedChapter, results: Results): Record<string, string | number> {
  const ids = new Set(allIds({ chapters: [chapter] }));
  const claims = results.claims.filter(({ id }) => ids.has(id));
  const counts = countVerdicts(claims);
  return {
    chapter: chapter.name,
    claims: ids.size,
    hold: counts.holds,
    refuted: counts.refuted,
    inconclusive: counts.inconclusive,
    'cannot show': counts['cannot-show'],
    'left out': results.leftOut.filter((id) => ids.has(id)).length,
    missing: missingIds(results).filter((id) => ids.has(id)).length,
    seconds: Math.round(claims.reduce((sum, { seconds }) => sum + seconds, 0)),
  };
}

/**
 * What --quick left out, by name, and chapters that cannot be read. What the reader did not name with --only is counted
 * in the table, and not listed back.
 */
export function shortfalls({ leftOut, selection, chapters }: Results, columns: number): string[] {
  const groups = Map.groupBy(selection.quick ? leftOut : [], (id) => chapterOf({ id }));
  return [
    ...[...groups].map(([chapter, ids]) => {
      const names = ids.map((id) => recipeOf({ id })).join(', ');
      return wrap(`Left out of ${chapter}, ${claimsOf(ids.length)}: ${names}`, columns);
    }),
    ...chapters.flatMap(({ name, failure }) =>
      failure === undefined ? [] : wrap(`The chapter ${name} cannot be read: ${failure}`, columns),
    ),
  ];
}
