// One claim in full: the question, what is said, what holds, what was measured, and the code that measured it.

import { recipeOf, SOURCES } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { pythonsOf } from '@cookbook/lab/show';
import type { JsonClaim } from '@cookbook/lab/show';
import type { Recipe } from '../results/format.ts';
import { figureTable } from './markup/figure-text.ts';
import type { Highlight } from './markup/highlight.ts';
import { anchorOf, markup, prose } from './markup/html.ts';
import type { Html } from './markup/html.ts';
import type { Source, Sources } from './markup/recipe-source.ts';
import { verdictMark } from './markup/verdict.ts';
import type { Draw } from './plot/figure.ts';

/** Fewer figures than these stand open, more behind a click. */
const MOST_OPEN = 6;

export interface ClaimParts {
  readonly claim: JsonClaim;
  readonly recipe: Recipe | undefined;
  readonly sources: Sources | undefined;
  readonly highlight: Highlight;
  readonly draw: Draw;
}

export function claimSection({ claim, recipe, sources, highlight, draw }: ClaimParts): Html {
  const { id, question, says, from, inNode, answer, figures, plots = [], notes = [], seconds } = claim;
  const anchor = anchorOf(id);
  const ours = from.every((source) => source === 'ours');
  const halves = pythonsOf(claim);
  return markup`<article id="${anchor}" class="claim" aria-labelledby="${anchor}-name">
<h4 id="${anchor}-name">${prose(question)} <span class="path">${recipeOf(claim)}</span></h4>
<p class="said"><span class="label">${ours ? 'Often said' : 'The posts say'}</span> ${prose(says)} ${!ours && markup`<span class="from">${from.map((source) => markup`<abbr title="${SOURCES[source]}">${source}</abbr> `)}</span>`} <span class="in-node">In Node.js: ${prose(inNode)}.</span></p>
<p class="answer"><span class="label">Answer</span> ${prose(answer)}</p>
<div class="verdicts">${judged('Node.js', claim)}${halves.map((half) => judged(pythonName(half), half))}</div>
${plots.map(draw)}
${foldedFigures(figures, id)}
${halves.map((half) => foldedFigures(half.figures, `${id}, ${pythonName(half)}`, pythonName(half)))}
${notesOf(notes)}
${sources && code(sources, highlight)}
<p class="run">${recipe && markup`<span class="label">Run it again</span> <code>${recipe.command}</code> `}<span class="took">took ${seconds.toFixed(1)} s</span> <a class="back" href="#every-claim">all claims</a></p>
</article>`;
}

/** '✓ holds  Node.js: the finding.' The reason follows where the finding does not say it. */
function judged(name: string, judgement: Pick<JsonClaim, 'verdict' | 'qualifier' | 'reason' | 'headline'>): Html {
  const { reason, headline } = judgement;
  return markup`<p>${verdictMark(judgement)} <span class="where">${name}</span>${headline && markup` <span class="finding">${headline}</span>`}${
    reason && !headline?.includes(reason) && markup` <span class="reason">${reason}</span>`
  }</p>`;
}

function pythonName({ interpreter, lock }: { interpreter: string; lock?: boolean }): string {
  return lock === undefined ? interpreter : `${interpreter} ${lock ? 'with' : 'without'} the lock`;
}

function foldedFigures(figures: readonly Figure[], caption: string, of?: string): Html | undefined {
  const table = figureTable(figures, `Figures of ${caption}`);
  if (!table) return undefined;
  const open = of === undefined && figures.length <= MOST_OPEN;
  const summary = `${figures.length} ${figures.length === 1 ? 'figure' : 'figures'}${of === undefined ? '' : ` of ${of}`}`;
  return markup`<details class="fold"${open && markup` open`}><summary>${summary}</summary>${table}</details>`;
}

/** Notes of one line as a list; those of several are drawn with spaces and stay as they are. */
function notesOf(notes: readonly string[]): Html[] {
  return notes.map((note) => {
    const text = note.replace(/^\n+/, '').trimEnd();
    return text.includes('\n')
      ? markup`<div class="scroll" role="region" aria-label="Drawn in text" tabindex="0"><pre class="note">${text}</pre></div>`
      : markup`<p class="note">${prose(text)}</p>`;
  });
}

/** The words of the recipe's header, its files, and the names of what is not for copying. */
function code({ advice, files, neighbours, measuring }: Sources, highlight: Highlight): Html {
  return markup`${advice.length > 0 && markup`<dl class="advice">${advice.map(([head, words]) => markup`<div><dt>${head}</dt><dd>${prose(words)}</dd></div>`)}</dl>`}
${files.map((file) => listing(file, highlight))}
${names('Copied along from neighbours', neighbours)}
${names('How it is measured', measuring)}`;
}

const KINDS: Readonly<Record<string, string>> = {
  'recipe.ts': 'The recipe',
  'index.ts': 'The interface',
  'original.py': "The post's own program",
};

function listing({ path, language, code: text }: Source, highlight: Highlight): Html {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return markup`<details class="fold code"><summary>${KINDS[name] ?? 'Copied along'}: <span class="path">${name}</span></summary>
<div class="scroll" role="region" aria-label="${path}" tabindex="0"><pre><code>${highlight(text, language)}</code></pre></div></details>`;
}

function names(title: string, files: readonly string[]): Html | undefined {
  if (files.length === 0) return undefined;
  return markup`<details class="fold"><summary>${title}: ${files.length} ${files.length === 1 ? 'file' : 'files'}</summary><p class="path">${files.join(', ')}</p></details>`;
}
