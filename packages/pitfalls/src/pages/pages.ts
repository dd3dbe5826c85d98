// The pages that are made from what is tested: one beside each recipe, and the index in the chapter's README.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { diff } from 'node:util';
import { fillBlock, wrap } from '@cookbook/lab/show';
import { COPIER_NAMES, copyTable } from '../copies/proof/copy-table.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { readRegion } from '../pitfall/source.ts';
import { pitfalls } from '../pitfalls.ts';
import { sharing } from '../views/recipe.ts';

/** Width of the prose, that of the repository's code. */
const COLUMNS = 120;

/** A file to write, and what is to stand in it. */
interface Page {
  readonly file: URL;
  readonly text: string;
}

/** Writes every page, and the index into the chapter's README. */
export async function writePages(readme: URL): Promise<void> {
  for (const { file, text } of await makePages(readme)) await writeFile(file, text);
}

/** What `writePages` would change: for each file that is stale, its name and the lines that differ. */
export async function comparePages(readme: URL): Promise<string[]> {
  const home = path.dirname(fileURLToPath(readme));
  const pages = (await makePages(readme)).map(async ({ file, text }) => {
    const old = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const name = path.relative(home, fileURLToPath(file)).replaceAll(path.sep, '/');
    return old === text ? [] : [[name, ...changedLines(old, text)].join('\n')];
  });
  return (await Promise.all(pages)).flat();
}

/** The lines that are only in one of the texts, '-' before those of `old`, each run under the number of its first line. */
function changedLines(old: string, text: string): string[] {
  let number = 1;
  let isRun = false;
  return diff(old === '' ? [] : old.split('\n'), text.split('\n')).flatMap(([edit, line]) => {
    const head = edit === 0 || isRun ? [] : [`@@ line ${number} @@`];
    isRun = edit !== 0;
    if (edit >= 0) number += 1; // 1: only in old, -1: only in text
    return edit === 0 ? [] : [...head, `${edit > 0 ? '-' : '+'}${line}`];
  });
}

/** Every page, the chapter's README last. */
async function makePages(readme: URL): Promise<Page[]> {
  const markdown = await readFile(readme, 'utf8');
  const own = pitfalls.map(async (pitfall) => ({
    file: new URL(`src/${pitfall.name}/README.md`, readme),
    text: `${await pageOf(pitfall)}\n`,
  }));
  return [...(await Promise.all(own)), { file: readme, text: fillBlock(markdown, 'index', index()) }];
}

function index(): string {
  return pitfalls
    .map(({ name, trap, surprise }) => `- [${name}](src/${name}/README.md): ${trap}. ${surprise}`)
    .join('\n');
}

/** The lines, what is expected and what happens, the drawing, both fixes, and what types catch. */
async function pageOf(pitfall: Pitfall): Promise<string> {
  const { name, recipe, question, expected, why, fix, cheaper, also = [], more, types, wanted } = pitfall;
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
    ...(more === undefined ? [] : [wrap(more, COLUMNS)]),
    wrap(`What would have caught it: ${types}`, COLUMNS),
    wrap(`When it is wanted: ${wanted}`, COLUMNS),
  ].join('\n\n');
}

/** What two of the pages show besides. */
const TABLES: Readonly<Record<string, () => string[]>> = {
  copies: () => [
    wrap(
      'What each way of copying makes of each kind of value: _kept_ is an equal value of its own, _shared_ the same object ' +
        'or memory in both, _changed_ another value in its place, _lost_ no field at all, _refused_ an error.',
      COLUMNS,
    ),
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
