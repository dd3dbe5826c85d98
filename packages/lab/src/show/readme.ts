// The parts of a README that a run writes: between `<!-- begin:NAME -->` and `<!-- end:NAME -->`, and nowhere else.

import { readFile, writeFile } from 'node:fs/promises';
import { recipeOf } from '../claim/claim.ts';
import type { Chapter, Claim } from '../claim/claim.ts';
import type { Outcome } from '../claim/verify.ts';
import type { Host } from '../host/host.ts';
import { describeHost, describeVerdict } from './wording.ts';

/** Writes the table of verdicts into the chapter's README, with the host and the date of the run. */
export async function writeVerdicts({ readme }: Chapter, host: Host, outcomes: readonly Outcome[]): Promise<void> {
  const content = verdictsTable(host, outcomes);
  await writeFile(readme, fillBlock(await readFile(readme, 'utf8'), 'verdicts', content));
}

/** The host and the table of verdicts, in Markdown. */
export function verdictsTable(host: Host, outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const python = outcome.python
      ?.map(({ interpreter, judgement }) => `${interpreter}: ${judgement.verdict}`)
      .join('<br>');
    const here = [`**${describeVerdict({ ...outcome.judgement, reason: '' })}**`, outcome.headline]
      .filter(Boolean)
      .join('<br>');
    return [...readmeCells(outcome.claim), cell(here), cell(python ?? '')];
  });
  const table = [
    ['recipe', 'what holds in Node.js', 'on this machine', 'what the posts say, in Python'],
    ['---', '---', '---', '---'],
    ...rows,
  ];
  return `Measured on ${describeHost(host)}.\n\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`;
}

/** The cells of a claim's row that do not depend on a run: a README is in step as long as these are right. */
export function readmeCells(claim: Claim): [recipe: string, answer: string] {
  const recipe = recipeOf(claim);
  return [`[${recipe}](src/${recipe})`, cell(claim.answer)];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/**
 * The text with the block of that name replaced.
 *
 * @throws Error where the text has not exactly one such block
 */
export function fillBlock(markdown: string, name: string, content: string): string {
  const { before, after } = split(markdown, name);
  return `${before}\n\n${content.trim()}\n\n${after}`;
}

/** What stands in the block of that name. */
export function readBlock(markdown: string, name: string): string {
  return split(markdown, name).content.trim();
}

function split(markdown: string, name: string): { before: string; content: string; after: string } {
  const [begin, end] = [`<!-- begin:${name} -->`, `<!-- end:${name} -->`];
  const start = markdown.indexOf(begin) + begin.length;
  const stop = markdown.indexOf(end);
  if (!markdown.includes(begin) || stop < start || markdown.indexOf(begin, start) !== -1) {
    throw new Error(`Expected one block from '${begin}' to '${end}'`);
  }
  return { before: markdown.slice(0, start), content: markdown.slice(start, stop), after: markdown.slice(stop) };
}
