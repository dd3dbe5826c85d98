// The parts of READMEs that a run writes: between `<!-- begin:NAME -->` and `<!-- end:NAME -->`, and nowhere else. The
// document is the test: whatever in such a part was not measured has to agree with the project as it stands.

import { readFile, writeFile } from 'node:fs/promises';
import { recipeOf } from '../claim/claim.ts';
import type { Chapter, Claim } from '../claim/claim.ts';
import { describeFigure } from '../claim/figure.ts';
import type { Host } from '../host/host.ts';
import type { JsonClaim, JsonReport } from './json.ts';
import { wrap } from './terminal.ts';
import { describeHost, describeVerdict, markOf } from './wording.ts';

export interface Block {
  readonly readme: URL;
  readonly name: string;
  /** What the run shows here; undefined where it has not measured all of it. */
  readonly measuredIn: (run: JsonReport) => string | undefined;
  /** The block as the project stands now; what was measured is taken over from `old`, the block as it stands. */
  readonly refresh: (old: string) => string;
}

/** The block as it stands, and as it would stand if it were written now, with the same figures. */
export async function compareBlock({ readme, name, refresh }: Block): Promise<{ old: string; now: string }> {
  const old = readBlock(await readFile(readme, 'utf8'), name);
  return { old, now: refresh(old).trim() };
}

/** Writes a block of a README. */
export async function writeBlock({ readme, name }: Pick<Block, 'readme' | 'name'>, content: string): Promise<void> {
  await writeFile(readme, fillBlock(await readFile(readme, 'utf8'), name, content));
}

/** Width of the text that is written, that of the repository's code. */
const COLUMNS = 120;

/** What a run adds to the question and the answer of a recipe. */
interface Seen {
  readonly mark: string;
  readonly figure: string;
}

const UNSEEN: Seen = { mark: '·', figure: 'not measured yet' };

/** The verdicts of a chapter: its sections, and of every recipe the question, the answer and the figure that counts. */
export function verdictsBlock({ readme, sections }: Pick<Chapter, 'readme' | 'sections'>): Block {
  const draw = (top: string, seenOf: (claim: Claim) => Seen | undefined): string =>
    [
      top,
      ...sections.flatMap(({ title, claims }) => [
        `## ${title}`,
        claims.map((claim) => drawRow(claim, seenOf(claim))).join('\n'),
      ]),
    ].join('\n\n');
  return {
    readme,
    name: 'verdicts',
    measuredIn({ host, claims }) {
      const measured = new Map(claims.map((claim) => [claim.id, seenIn(claim)]));
      const isWhole = sections.every((section) => section.claims.every(({ id }) => measured.has(id)));
      return isWhole ? draw(measuredOn(host), ({ id }) => measured.get(id)) : undefined;
    },
    refresh(old) {
      const rows = old.matchAll(/^- (\S) \[.*\]\(src\/([a-z-]+)\)\\\n(?: {2}[^ -].*\n)* {2}- (.*(?:\n {4}.*)*)/gm);
      const seen = new Map([...rows].map(([, mark, recipe, figure]) => [recipe!, { mark: mark!, figure: figure! }]));
      return draw(/^Measured on .*/m.exec(old)?.[0] ?? 'Not measured yet.', (claim) => seen.get(recipeOf(claim)));
    },
  };
}

/** 'Measured on AMD EPYC, 2 cores ..., 2026-11-22T02:17:14Z.' */
export function measuredOn(host: Host): string {
  return `Measured on ${describeHost(host)}.`;
}

function seenIn(claim: JsonClaim): Seen {
  const [figure] = claim.figures;
  const words = figure ? describeFigure(figure) : describeVerdict({ ...claim, reason: claim.reason ?? '' });
  return { mark: markOf(claim), figure: wrap(escape(words), COLUMNS, '    ').trimStart() };
}

function drawRow(claim: Claim, { mark, figure } = UNSEEN): string {
  const answer = wrap(escape(claim.answer), COLUMNS, '  ');
  return `- ${mark} [${escape(claim.question)}](src/${recipeOf(claim)})\\\n${answer}\n  - ${figure}`;
}

/** Text in which only what stands between backticks means something to Markdown. */
function escape(text: string): string {
  const parts = text.replaceAll('\n', ' ').split('`');
  return parts.map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[<*]/g, '\\$&'))).join('`');
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
