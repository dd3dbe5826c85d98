// One claim in full: what is said, what holds, what was measured, and the code that measured it.

import { SOURCES } from '@cookbook/lab/claim';
import type { Figure, Judgement } from '@cookbook/lab/claim';
import { headlineOf } from '@cookbook/lab/wording';
import type { Recipe, ResultClaim } from '../results/format.ts';
import { figureTable } from './markup/figure-text.ts';
import type { Highlight } from './markup/highlight.ts';
import { anchorOf, markup, prose } from './markup/html.ts';
import type { Html } from './markup/html.ts';
import type { Draw } from './plot/figure.ts';
import type { Header, Source } from './markup/recipe-source.ts';
import { verdictMark } from './markup/verdict.ts';

/** Fewer figures than these stand open, more behind a click. */
const MOST_OPEN = 6;

export interface ClaimParts {
  readonly claim: ResultClaim;
  readonly recipe: Recipe | undefined;
  readonly sources: readonly Source[];
  readonly highlight: Highlight;
  readonly draw: Draw;
}

export function claimSection({ claim, recipe, sources, highlight, draw }: ClaimParts): Html {
  const { id, says, from, answer, figures, plots = [], notes = [], python, seconds } = claim;
  const anchor = anchorOf(id);
  const ours = from.every((source) => source === 'ours');
  return markup`<article id="${anchor}" class="claim" aria-labelledby="${anchor}-name">
<h4 id="${anchor}-name">${id.slice(id.indexOf('/') + 1)}</h4>
<p class="said"><span class="label">${ours ? 'We say' : 'The posts say'}</span> ${prose(says)} ${!ours && markup`<span class="from">${from.map((source) => markup`<abbr title="${SOURCES[source]}">${source}</abbr> `)}</span>`}</p>
<p class="answer"><span class="label">In Node.js</span> ${prose(answer)}</p>
<div class="verdicts">${judged('Node.js', claim, headlineOf(claim))}${python && [python, ...python.others].map((half) => judged(pythonName(half), half, headlineOf(half)))}</div>
${plots.map(draw)}
${foldedFigures(figures, id)}
${python && [python, ...python.others].map((half) => foldedFigures(half.figures, `${id}, ${pythonName(half)}`, pythonName(half)))}
${notesOf(notes)}
${sources[0] && advice(sources[0].header)}
${sources.map((source) => listing(source, highlight))}
<p class="run">${recipe && markup`<span class="label">Run it again</span> <code>${recipe.command}</code> `}<span class="took">took ${seconds.toFixed(1)} s</span> <a class="back" href="#every-claim">all claims</a></p>
</article>`;
}

/** '✓ holds  Node.js: the finding. The reason, where there is one.' */
function judged(name: string, judgement: Judgement, finding?: string): Html {
  return markup`<p>${verdictMark(judgement)} <span class="where">${name}</span>${finding && markup` <span class="finding">${finding}</span>`}${
    judgement.reason && markup` <span class="reason">${judgement.reason}</span>`
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

function advice({ mechanism, useWhen, doNot }: Header): Html | undefined {
  const parts = [
    ['Why', mechanism],
    ['Use when', useWhen],
    ['Do not', doNot],
  ].filter(([, words]) => words !== undefined);
  if (parts.length === 0) return undefined;
  return markup`<dl class="advice">${parts.map(([name, words]) => markup`<div><dt>${name}</dt><dd>${prose(words!)}</dd></div>`)}</dl>`;
}

function listing({ path, language, code }: Source, highlight: Highlight): Html {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const words = language === 'python' ? "The post's own half" : name === 'recipe.ts' ? 'The recipe' : 'The code';
  return markup`<details class="fold code"><summary>${words}: <span class="path">${name}</span></summary>
<div class="scroll" role="region" aria-label="${path}" tabindex="0"><pre><code>${highlight(code, language)}</code></pre></div></details>`;
}
