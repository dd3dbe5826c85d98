// The page of a run: one file that opens from disk, complete without a network.

import type { Results } from '../results/format.ts';
import { chapterAnchor, chapters } from './chapters.ts';
import { claimTable } from './claim-table.ts';
import { documentOf } from './document.ts';
import { feel } from './feel.ts';
import { readAssets } from './markup/assets.ts';
import { openHighlighter } from './markup/highlight.ts';
import { markup } from './markup/html.ts';
import type { Html } from './markup/html.ts';
import { masthead, remember } from './masthead.ts';
import { openPictures } from './plot/figure.ts';
import { realityCheck } from './reality.ts';
import { readSources } from './markup/recipe-source.ts';
import type { Sources } from './markup/recipe-source.ts';
import { sentencesOf } from './sentences.ts';

/** The page as HTML. The recipes' code is read from this repository; of what is not there, the page shows none. */
export async function renderPage(results: Results): Promise<string> {
  const [assets, highlight, sources] = await Promise.all([readAssets(), openHighlighter(), readAllSources(results)]);
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
  return documentOf({ title: `The Concurrency Cookbook on ${results.host.cpu}`, assets, body });
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
