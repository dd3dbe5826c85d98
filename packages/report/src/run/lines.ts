// The lines of a run: one a claim, one for each Python half, and the table at the end.

import type { Verdict } from '@cookbook/lab/claim';
import { bold, dim, styleVerdict, table, VERDICT_WORDS, wrap } from '@cookbook/lab/show';
import type { JsonClaim } from '@cookbook/lab/show';
import { headlineOf } from '@cookbook/lab/wording';
import { allIds, claimsOf, countVerdicts, missingIds } from '../results/counts.ts';
import type { PlannedChapter, Results } from '../results/format.ts';
import { chapterOf } from '../chapter/plan.ts';

/** '✓ holds  threads/cpu-scaling  potential speedup ...', and a line for each Python. */
export function claimLines(claim: JsonClaim, width: number): string {
  const lines = [`${cell(claim)}  ${claim.id.padEnd(width)}  ${words(claim.headline, claim.reason)}`];
  const { python } = claim;
  for (const half of python ? [python, ...python.others] : []) {
    const { interpreter, lock } = half;
    const name = lock === undefined ? interpreter : `${interpreter} ${lock ? 'with' : 'without'} the lock`;
    const found = words(headlineOf(half), half.reason);
    lines.push(`${cell(half)}  ${'in Python'.padStart(width)}  ${dim(`${name}:`)} ${found}`);
  }
  return lines.join('\n');
}

type Judged = Pick<JsonClaim, 'verdict' | 'qualifier'>;

/** As wide as the longest, 'cannot show here', so that columns stand below one another. */
function cell({ verdict, qualifier }: Judged): string {
  const text = qualifier ? `${VERDICT_WORDS[verdict]}, ${qualifier}` : VERDICT_WORDS[verdict];
  return styleVerdict(verdict, text.padEnd(17));
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join('; ');
}

/** A row a chapter: its verdicts counted, what was left out or is missing, and the seconds that it took. */
export function verdictTable(results: Results): string {
  const rows = results.chapters.map((chapter) => row(chapter.name, results, chapter));
  if (rows.length > 1) rows.push(row('all', results, ...results.chapters));
  const numbers = Object.keys(rows[0] ?? {}).slice(1);
  const shown = numbers.filter((column) => column !== 'missing' || rows.some((one) => one[column] !== '0'));
  return table(
    rows.map((one) => ({
      chapter: one['chapter']!,
      ...Object.fromEntries(shown.map((column) => [column, one[column]!])),
    })),
    shown,
  );
}

function row(name: string, results: Results, ...chapters: readonly PlannedChapter[]): Record<string, string> {
  const ids = new Set(allIds({ chapters }));
  const claims = results.claims.filter(({ id }) => ids.has(id));
  const counts = countVerdicts(claims);
  const numbers: Record<string, number> = {
    claims: ids.size,
    hold: counts.holds,
    refuted: counts.refuted,
    inconclusive: counts.inconclusive,
    'cannot show': counts['cannot-show'],
    'left out': results.leftOut.filter((id) => ids.has(id)).length,
    missing: missingIds(results).filter((id) => ids.has(id)).length,
    seconds: Math.round(claims.reduce((sum, { seconds }) => sum + seconds, 0)),
  };
  return { chapter: name, ...Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, String(value)])) };
}

const UNCLEAR: readonly Verdict[] = ['refuted', 'inconclusive', 'cannot-show'];

/** What did not hold, with the reasons; what no Python was there for; what was left out; chapters that cannot be read. */
export function shortfalls(results: Results, columns: number): string[] {
  const paragraphs: string[] = [];
  for (const verdict of UNCLEAR) {
    const claims = results.claims.filter((claim) => claim.verdict === verdict);
    if (claims.length === 0) continue;
    const lines = claims.map(({ id, reason }) => wrap(`${id}: ${reason ?? 'see its figures'}`, columns, '  '));
    paragraphs.push([bold(`${claims.length} ${VERDICT_WORDS[verdict]}`), ...lines].join('\n'));
  }
  const halves = results.claims.filter(({ python }) => python?.verdict === 'cannot-show');
  for (const [reason, claims] of Map.groupBy(halves, ({ python }) => python!.reason ?? '')) {
    paragraphs.push(wrap(`The Python half of ${claimsOf(claims.length)} cannot be shown here: ${reason}.`, columns));
  }
  paragraphs.push(...leftOut(results, columns));
  for (const { name, failure } of results.chapters) {
    if (failure !== undefined) paragraphs.push(wrap(`The chapter ${name} cannot be read: ${failure}`, columns));
  }
  return paragraphs;
}

/** By name where --quick chose them; what the reader did not name with --only is not listed back. */
function leftOut({ leftOut: ids, selection }: Results, columns: number): string[] {
  if (!selection.quick) return ids.length === 0 ? [] : [`${claimsOf(ids.length)} not asked for`];
  return [...Map.groupBy(ids, chapterOf)].map(([chapter, own]) => {
    const names = own.map((id) => id.slice(id.indexOf('/') + 1)).join(', ');
    return wrap(`Left out of ${chapter}, ${own.length}: ${names}`, columns);
  });
}
