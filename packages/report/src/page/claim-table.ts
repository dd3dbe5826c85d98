// Every claim in one table. It is complete without its script, which filters, searches and sorts its rows.

import type { Figure } from '@cookbook/lab/claim';
import { describeVerdict, VERDICT_WORDS } from '@cookbook/lab/show';
import type { JsonClaim } from '@cookbook/lab/show';
import type { Results } from '../results/format.ts';
import { valueWithInterval } from './markup/figure-text.ts';
import { anchorOf, markup, prose } from './markup/html.ts';
import type { Html } from './markup/html.ts';
import { verdictMark, VERDICTS } from './markup/verdict.ts';

/** The columns: the name of what a click sorts by, and how it stands in the head. */
const COLUMNS = [
  ['claim', 'Question'],
  ['answer', 'Answer'],
  ['node', 'Node.js'],
  ['python', 'Python'],
  ['figure', 'Measured here'],
] as const;

/** Roles are said again, because the narrow layout makes boxes of cells, and browsers then forget the table. */
export function claimTable(results: Results): Html {
  const { claims, chapters } = results;
  return markup`<section class="every" aria-labelledby="every-claim"><div class="column"><h2 id="every-claim">Every claim</h2>
<p>Node.js is judged by our answer, Python by what the posts say, with the posts' own programs. The figure is the one that the verdict rests on, with its interval.</p></div>
<div class="wide-column"><form class="filters" role="search" aria-label="Claims" hidden>
<label class="find">Search <input type="search" name="words" autocomplete="off" placeholder="lock, memory, pool ..."></label>
<label>Chapter <select name="chapter"><option value="">all</option>${chapters.map(({ name }) => markup`<option>${name}</option>`)}</select></label>
<label>Node.js <select name="node"><option value="">any verdict</option>${VERDICTS.map(option)}</select></label>
<label>Python <select name="python"><option value="">any</option>${VERDICTS.map(option)}<option value="none">not asked</option></select></label>
<button type="reset">Reset</button><p class="shown" role="status" aria-live="polite"></p></form>
<table class="claims" role="table" aria-labelledby="every-claim"><thead role="rowgroup"><tr role="row">${COLUMNS.map(
    ([name, words]) => markup`<th role="columnheader" scope="col" data-column="${name}"><span>${words}</span></th>`,
  )}</tr></thead>
<tbody role="rowgroup">${claims.map(row)}</tbody></table>
<p class="nothing" hidden>No claim fits. Reset the filter to see all of them.</p></div></section>`;
}

function option(verdict: (typeof VERDICTS)[number]): Html {
  return markup`<option value="${verdict}">${VERDICT_WORDS[verdict]}</option>`;
}

function row(claim: JsonClaim): Html {
  const { id, question, from, answer, verdict, python, figures } = claim;
  const [leading] = figures;
  const [chapter = '', recipe = id] = id.split('/');
  const key = `${unitRank(leading)}:${leading?.median ?? ''}`;
  return markup`<tr role="row" data-chapter="${chapter}" data-node="${verdict}" data-python="${python?.verdict ?? 'none'}" data-figure="${key}">
<th role="rowheader" scope="row"><a href="#${anchorOf(id)}"><span class="of">${chapter}/</span>${recipe}</a> <span class="says">${prose(question)}</span> <span class="from">${from.join(', ')}</span></th>
<td role="cell" data-label="Answer">${prose(answer)}</td>
<td role="cell" data-label="Node.js">${verdictMark(claim)}</td>
<td role="cell" data-label="Python">${python ? verdictMark(python) : markup`<span class="none">not asked</span>`}</td>
<td role="cell" data-label="Here">${leading ? markup`${valueWithInterval(leading)} <span class="what">${leading.name}</span>` : markup`<span class="none">${claim.reason ?? describeVerdict(claim)}</span>`}</td></tr>`;
}

/** Figures of one unit stand together when sorted: ratios first, for only those compare between claims. */
function unitRank(figure: Figure | undefined): string {
  return figure === undefined ? '~' : figure.unit === 'x' ? '' : figure.unit;
}
