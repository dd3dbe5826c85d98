// The page of a run: one file that opens from disk, complete without a network.

import { readFile } from 'node:fs/promises';
import type { Results } from '../results/format.ts';
import { chapterAnchor, chapters } from './chapters.ts';
import { claimTable } from './claim-table.ts';
import { readClientScripts } from './markup/client-script.ts';
import { documentOf } from './document.ts';
import { feel } from './feel.ts';
import { openHighlighter } from './markup/highlight.ts';
import { markup } from './markup/html.ts';
import type { Html } from './markup/html.ts';
import { masthead, remember } from './masthead.ts';
import { openPictures } from './plot/figure.ts';
import { realityCheck } from './reality.ts';
import { readSources } from './markup/recipe-source.ts';
import type { Sources } from './markup/recipe-source.ts';
import { sentencesOf } from './sentences.ts';

const STYLES = ['base', 'masthead', 'plot', 'table', 'claim', 'feel', 'print'];

/** The page as HTML. The recipes' code is read from this repository; of what is not there, the page shows none. */
export async function renderPage(results: Results): Promise<string> {
  const [style, scripts, highlight, sources] = await Promise.all([
    readStyle(),
    readClientScripts(),
    openHighlighter(),
    readAllSources(results),
  ]);
  const sentences = sentencesOf(results);
  const draw = openPictures();
  const body = markup`<a class="skip" href="#every-claim">To the claims</a>
${masthead(results)}
${contents(results, sentences.length > 0)}
<main>
${remember(sentences)}
${realityCheck(results, draw)}
${claimTable(results)}
${feel()}
${chapters(results, { sources, highlight, draw })}
</main>
<footer class="column"><p>Written by <code>${results.command}</code>. Every figure is the median of what this machine measured in that run, with the
interval that holds the true median; another machine, and this one at another hour, gives others.</p></footer>`;
  return documentOf({ title: `The Concurrency Cookbook on ${results.host.cpu}`, style, scripts, body });
}

async function readStyle(): Promise<string> {
  const sheets = await Promise.all(
    STYLES.map((name) => readFile(new URL(`./style/${name}.css`, import.meta.url), 'utf8')),
  );
  return sheets
    .join('\n')
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
}

/** The code of the claims that were measured, by id. */
async function readAllSources({ claims, recipes }: Results): Promise<Map<string, Sources>> {
  const measured = claims.filter(({ id }) => Object.hasOwn(recipes, id));
  return new Map(
    await Promise.all(measured.map(async ({ id }) => [id, await readSources(recipes[id]!.folder)] as const)),
  );
}

function contents({ chapters: planned }: Results, withSentences: boolean): Html {
  const entries = [
    ...(withSentences ? [['remember', 'To remember']] : []),
    ['reality-check', 'The reality check'],
    ['every-claim', 'Every claim'],
    ['feel-it', 'Feel it'],
    ...planned
      .filter(({ sections }) => sections.length > 0)
      .map(({ name, title }) => [chapterAnchor(name), title.split(': ')[0]!]),
  ];
  return markup`<nav class="contents column" aria-label="Contents"><ul>${entries.map(([anchor, words]) => markup`<li><a href="#${anchor}">${words}</a></li>`)}</ul></nav>`;
}
