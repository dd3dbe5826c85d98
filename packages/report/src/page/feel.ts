// The live part: the same work in the reader's own browser, inline, in slices and in a Web Worker.

import { markup } from './markup/html.ts';
import type { Html } from './markup/html.ts';

const WAYS = [
  ['inline', 'Inline'],
  ['slices', 'In slices'],
  ['worker', 'In a Web Worker'],
] as const;

const FIGURES = [
  ['took', 'work took'],
  ['gap', 'longest gap between frames'],
  ['dropped', 'frames dropped'],
  ['key', 'slowest key'],
  ['primes', 'primes found'],
] as const;

/** Roles are said again for the narrow layout, as in the table of claims. */
export function feel(): Html {
  return markup`<section class="feel column" aria-labelledby="feel-it"><h2 id="feel-it">Feel it</h2>
<p>The same computation, here and now, in your browser. Choose a way, then type while the ball rolls: inline, nothing else gets a turn
until the work is done; in slices, the page gets one between two pieces; in a worker, it is not disturbed at all.</p>
<noscript><p class="missing">This part needs scripts, which are switched off.</p></noscript>
<div class="stage" hidden>
<div class="ways" role="group" aria-label="Ways to do the work">${WAYS.map(([way, words]) => markup`<button type="button" data-way="${way}">${words}</button>`)}</div>
<div class="track" aria-hidden="true"><div class="ball"></div></div>
<label class="keys">Type here meanwhile <input type="text" autocomplete="off" autocapitalize="off" spellcheck="false"></label>
<p class="status" role="status" aria-live="polite">About two seconds each.</p>
<table class="figures" role="table"><caption>Measured in your browser, each time anew</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">way</th>${FIGURES.map(([, words]) => markup`<th role="columnheader" scope="col">${words}</th>`)}</tr></thead>
<tbody role="rowgroup">${WAYS.map(
    ([way, words]) =>
      markup`<tr role="row" data-way="${way}"><th role="rowheader" scope="row">${words}<svg class="frames" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"></svg></th>${FIGURES.map(
        ([name, label]) => markup`<td role="cell" data-figure="${name}" data-label="${label}">–</td>`,
      )}</tr>`,
  )}</tbody></table>
<p class="note">Under each way: a tick for every frame that was drawn while it ran. A blank is a time in which the page stood still.
Slices take longer: after the first few, a browser makes every pause last 4 ms.</p></div></section>`;
}
