// The parts of the README that are made from what is tested: the index, the lines of each pitfall, the tables of copies
// and of windows.

import { fillBlock, wrap } from '@cookbook/lab/show';
import { COPIER_NAMES, copyTable } from '../copies/proof/copy-table.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { pitfalls } from '../pitfalls.ts';
import { readRegion } from '../pitfall/source.ts';
import { sharing } from '../views/recipe.ts';

/** Width of the prose, that of the repository's code. */
const COLUMNS = 120;

/** The text with all those blocks written anew. */
export async function fillReadme(markdown: string): Promise<string> {
  let filled = fillBlock(markdown, 'index', indexTable());
  for (const pitfall of pitfalls) filled = fillBlock(filled, pitfall.name, await snippets(pitfall));
  filled = fillBlock(filled, 'copy-table', copies());
  filled = fillBlock(filled, 'view-table', views());
  return fillBlock(
    filled,
    'types',
    markdownTable([['pitfall', 'what would have caught it'], ...pitfalls.map(typeRow)]),
  );
}

function indexTable(): string {
  const rows = pitfalls.map(({ name, trap, surprise, fix }) => [`[${name}](#${name})`, trap, surprise, fix]);
  return markdownTable([['pitfall', 'the trap', 'what surprises', 'the fix'], ...rows]);
}

function typeRow({ name, types }: Pitfall): string[] {
  return [name, types];
}

/** The lines, what one expects and what happens, the drawing, and both ways out. */
async function snippets(pitfall: Pitfall): Promise<string> {
  const { recipe, question, expected, why, fix, cheaper, also = [], wanted } = pitfall;
  const drawing = await pitfall.draw?.();
  return [
    fence('ts', readRegion(recipe, 'trap')),
    wrap(`${question} One expects \`${expected}\`; it is \`${await pitfall.happens()}\`. ${why}`, COLUMNS),
    ...(drawing === undefined ? [] : [fence('text', drawing)]),
    wrap(`The fix: ${fix}`, COLUMNS),
    fence('ts', readRegion(recipe, 'fix')),
    wrap(`Cheaper: ${cheaper}`, COLUMNS),
    fence('ts', readRegion(recipe, 'cheaper')),
    ...also.flatMap(({ says, region }) => [wrap(`Also: ${says}`, COLUMNS), fence('ts', readRegion(recipe, region))]),
    wrap(`When it is wanted: ${wanted}`, COLUMNS),
  ].join('\n\n');
}

function copies(): string {
  const rows = copyTable().map(({ kind, fates }) => [kind, ...COPIER_NAMES.map((copier) => fates[copier])]);
  return markdownTable([['kind of value', ...COPIER_NAMES], ...rows]);
}

function views(): string {
  const rows = Object.entries(sharing()).map(([way, shares]) => [`\`${way}\``, shares ? 'shares' : 'copies']);
  return markdownTable([['way', 'memory'], ...rows]);
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A table whose columns are padded, as the formatter of the repository leaves it. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = cells[0]!.map((_, column) => Math.max(3, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const [header, ...body] = cells.map(line);
  return [header, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n');
}
