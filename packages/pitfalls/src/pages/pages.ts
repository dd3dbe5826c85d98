// The pages that are made from what is tested: one beside each recipe, and the index in the chapter's README.

import { fillBlock, wrap } from '@cookbook/lab/show';
import { COPIER_NAMES, copyTable } from '../copies/proof/copy-table.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { readRegion } from '../pitfall/source.ts';
import { pitfalls } from '../pitfalls.ts';
import { sharing } from '../views/recipe.ts';

/** Width of the prose, that of the repository's code. */
const COLUMNS = 120;

/** A file to write, and what is to stand in it. */
export interface Page {
  readonly file: URL;
  readonly text: string;
}

/** Every page, the chapter's README last. */
export async function makePages(readme: URL, markdown: string): Promise<Page[]> {
  const own = pitfalls.map(async (pitfall) => ({
    file: new URL('./README.md', pitfall.recipe),
    text: `${await pageOf(pitfall)}\n`,
  }));
  return [...(await Promise.all(own)), { file: readme, text: fillBlock(markdown, 'index', index()) }];
}

function index(): string {
  return pitfalls
    .map(({ name, trap, surprise }) => `- [${name}](src/${name}/README.md): ${trap}. ${surprise}`)
    .join('\n');
}

/** The lines, what one expects and what happens, the drawing, both ways out, and what types catch. */
async function pageOf(pitfall: Pitfall): Promise<string> {
  const { name, recipe, question, expected, why, fix, cheaper, also = [], types, wanted } = pitfall;
  const drawing = await pitfall.draw?.();
  return [
    `# ${name}`,
    '[All pitfalls](../../README.md). Written from [recipe.ts](recipe.ts) by `pnpm --filter @cookbook/pitfalls readme`.',
    fence('ts', readRegion(recipe, 'trap')),
    wrap(`${question} One expects \`${expected}\`; it is \`${await pitfall.happens()}\`. ${why}`, COLUMNS),
    ...(drawing === undefined ? [] : [fence('text', drawing)]),
    wrap(`The fix: ${fix}`, COLUMNS),
    fence('ts', readRegion(recipe, 'fix')),
    wrap(`Cheaper: ${cheaper}`, COLUMNS),
    fence('ts', readRegion(recipe, 'cheaper')),
    ...also.flatMap(({ says, region }) => [wrap(`Also: ${says}`, COLUMNS), fence('ts', readRegion(recipe, region))]),
    ...(TABLES[name]?.() ?? []),
    wrap(`What would have caught it: ${types}`, COLUMNS),
    wrap(`When it is wanted: ${wanted}`, COLUMNS),
  ].join('\n\n');
}

/** What two of the pages show besides. */
const TABLES: Readonly<Record<string, () => string[]>> = {
  copies: () => [
    'What each way of copying makes of each kind of value:',
    markdownTable([
      ['kind of value', ...COPIER_NAMES],
      ...copyTable().map(({ kind, fates }) => [kind, ...COPIER_NAMES.map((copier) => fates[copier])]),
    ]),
  ],
  views: () => [
    'Which ways to make bytes from bytes share their memory:',
    markdownTable([
      ['way', 'memory'],
      ...Object.entries(sharing()).map(([way, shares]) => [`\`${way}\``, shares ? 'shares' : 'copies']),
    ]),
  ],
};

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
