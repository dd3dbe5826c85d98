// What a run prints: a line for each verdict, the details of a recipe that was asked for by name, the closing lines.

import { chapterOf, recipeOf } from '../claim/claim.ts';
import { describeBound, describeValue, keepsBound } from '../claim/figure.ts';
import type { Figure } from '../claim/figure.ts';
import type { Verdict } from '../claim/judge.ts';
import { pythonsOf } from '../show/json.ts';
import type { ClaimWords, JsonClaim, JsonPython } from '../show/json.ts';
import { bold, dim, styleMark, table, wrap } from '../show/terminal.ts';
import { claimsOf, markOf } from '../show/wording.ts';

/** Claims under one heading: a section of a chapter, or a chapter of the project. */
export interface Group {
  readonly title: string;
  readonly claims: readonly ClaimWords[];
}

const OPENINGS: Readonly<Record<Verdict, string>> = {
  holds: '',
  refuted: 'Refuted: ',
  inconclusive: 'Undecided: ',
  'cannot-show': 'Cannot be shown here: ',
};

/** A longer name moves the words of its line to the right. */
const MOST_WIDTH = 16;

/** How wide a column of these claims' names is. */
export function widthOf(claims: readonly Pick<ClaimWords, 'id'>[]): number {
  return Math.min(MOST_WIDTH, Math.max(0, ...claims.map((claim) => recipeOf(claim).length)));
}

/** From the repository's root: 'packages/threads/src/race'. */
export function folderOf(claim: Pick<ClaimWords, 'id'>): string {
  return `packages/${chapterOf(claim)}/src/${recipeOf(claim)}`;
}

/** The line of a verdict, one for each Python, and the details where they are asked for. */
export function claimLines(claim: JsonClaim, width: number, columns: number, detailed = false): string {
  const lines = [verdictLine(claim, width, columns), ...pythonLines(claim, columns)];
  return [...lines, ...(detailed ? details(claim, columns) : [])].join('\n');
}

/** '✓ race   Two threads counting with ++ lost 37 % of the counts ...  packages/threads/src/race' */
function verdictLine(claim: JsonClaim, width: number, columns: number): string {
  const { verdict, headline, answer } = claim;
  const name = recipeOf(claim).padEnd(width);
  const folder = folderOf(claim);
  const start = `${markOf(claim)} ${name}  `;
  const words = `${OPENINGS[verdict]}${headline ?? answer}  ${folder}`;
  const text = wrap(words, columns, ' '.repeat(width + 4), start);
  return `${styleMark(claim)} ${bold(name)}  ${text.slice(start.length, -folder.length)}${dim(folder)}`;
}

/** '  Python 3.11.7: the post is right: ...' */
function pythonLines(claim: JsonClaim, columns: number): string[] {
  const halves = pythonsOf(claim).filter(({ lock }) => lock !== undefined);
  const said = claim.from.every((source) => source === 'ours') ? 'that' : 'the post';
  const openings: Readonly<Record<Verdict, string>> = {
    holds: `${said} is right`,
    refuted: `${said} is wrong here`,
    inconclusive: 'undecided',
    'cannot-show': 'cannot be shown here',
  };
  return halves.map((half) => {
    const found = half.headline ? `: ${half.headline}` : '.';
    return wrap(`${nameOf(half, halves.length > 1)}: ${openings[half.verdict]}${found}`, columns, '    ', '  ');
  });
}

function nameOf({ interpreter, lock }: JsonPython, both: boolean): string {
  const name = interpreter.replace(/^CPython/, 'Python');
  return both || lock === false ? `${name} ${lock ? 'with' : 'without'} the lock` : name;
}

/** What is claimed: stands above the line of a recipe that was asked for by name, while it is measured. */
export function introduction({ question, says, inNode, answer }: ClaimWords, columns: number): string {
  return `${bold(wrap(question, columns))}\n${wrap(`Often said: "${says}" In Node: ${inNode}.\n${answer}`, columns)}\n`;
}

/** What stands below the line of a recipe that was asked for by name: its figures and its notes. */
function details({ figures, notes = [] }: JsonClaim, columns: number): string[] {
  const shown = figures.length > 0 ? [figureTable(figures, columns)] : [];
  return [...shown, ...notes.map((note) => wrap(note.replace(/^\n+/, ''), columns, '  '))].map((part) => `\n${part}`);
}

function figureTable(figures: readonly Figure[], columns: number): string {
  const rows = figures.map((figure) => ({
    figure: figure.name,
    measured: describeValue(figure),
    bound: describeBound(figure),
    kept: figure.bound === undefined ? '' : keepsBound(figure) ? '✓' : '✗',
  }));
  return table(rows, ['measured'], columns - 1).replaceAll(/^/gm, ' ');
}

/** Every recipe with its question and its answer. */
export function listing(groups: readonly Group[], columns: number): string {
  const lines = ({ question, answer, ...claim }: ClaimWords): string =>
    `\n  ${recipeOf(claim)}\n${wrap(`${question}\n${answer}`, columns, '    ')}`;
  return groups.map(({ title, claims }) => bold(title) + claims.map(lines).join('')).join('\n\n');
}

/** The verdicts counted, those that do not hold named; and what no Python was there for. */
export function closingLines(claims: readonly JsonClaim[], columns: number): string {
  const lines = claims.length > 1 ? [wrap(summarize(claims), columns)] : []; // the line of a single one says it all
  const lacking = claims.filter(({ python }) => python?.lock === undefined && python?.verdict === 'cannot-show');
  for (const [reason, own] of Map.groupBy(lacking, ({ python }) => python!.reason ?? '')) {
    lines.push(wrap(`The Python half of ${claimsOf(own.length)} cannot be shown here: ${reason}.`, columns));
  }
  return lines.join('\n');
}

const NOT_HELD = { refuted: 'refuted', inconclusive: 'inconclusive', 'cannot-show': 'cannot be shown here' };

/** '5 claims: 3 hold (1 contended), 1 refuted (kill), 1 inconclusive (pool)' */
export function summarize(claims: readonly Pick<JsonClaim, 'id' | 'verdict' | 'qualifier'>[]): string {
  const isOneChapter = new Set(claims.map(chapterOf)).size === 1;
  const of = (verdict: Verdict) => claims.filter((claim) => claim.verdict === verdict);
  const named = Object.entries(NOT_HELD).flatMap(([verdict, words]) => {
    const names = of(verdict as Verdict).map((claim) => (isOneChapter ? recipeOf(claim) : claim.id));
    return names.length > 0 ? [`${names.length} ${words} (${names.join(', ')})`] : [];
  });
  const limits = Object.entries(Object.groupBy(of('holds'), ({ qualifier = '' }) => qualifier))
    .flatMap(([qualifier, own]) => (qualifier ? `${own!.length} ${qualifier}` : []))
    .join(', ');
  const { length: hold } = of('holds');
  const held = `${hold} ${hold === 1 ? 'holds' : 'hold'}${limits && ` (${limits})`}`;
  return `${claimsOf(claims.length)}: ${[held, ...named].join(', ')}`;
}
