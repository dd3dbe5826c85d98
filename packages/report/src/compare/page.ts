// A comparison as one HTML file, without a script and without any request.

import { describeValue } from '@cookbook/lab/claim';
import { describeHost, VERDICT_WORDS } from '@cookbook/lab/show';
import { markup, trusted } from '../page/markup/html.ts';
import type { Html } from '../page/markup/html.ts';
import type { Results } from '../results/format.ts';
import type { ClaimPair, Comparison } from './compare.ts';
import { describeComparison, describeMove } from './text.ts';

const STYLE = trusted(`
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.3rem 0.7rem 0.3rem 0; vertical-align: top; border-bottom: 1px solid #8886; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
`);

/** The page of a comparison; every value from the results is escaped. */
export function comparisonPage(before: Results, after: Results, comparison: Comparison): string {
  const changed = comparison.claims.filter((claim) => claim.before !== claim.after);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Two runs of the Concurrency Cookbook</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>Two runs side by side</h1>
          <p>${describeComparison(comparison)}.</p>
          <dl>
            <dt>A</dt>
            <dd>${describeHost(before.host)}</dd>
            <dt>B</dt>
            <dd>${describeHost(after.host)}</dd>
          </dl>
          <h2>Verdicts that changed</h2>
          ${changed.length === 0 ? markup`<p>None.</p>` : verdicts(changed)}
          <h2>Figures that moved</h2>
          <p>Those whose intervals have no point in common.</p>
          ${figures(comparison.claims, 'moved')}
          <h2>Counts that differ</h2>
          <p>A count has no interval: whether the next run would differ as much is not known.</p>
          ${figures(comparison.claims, 'counted')} ${only('A', comparison.onlyBefore)}
          ${only('B', comparison.onlyAfter)}
        </main>
      </body>
    </html> `;
  return page.toString();
}

function verdicts(claims: readonly ClaimPair[]): Html {
  const rows = claims.map(
    ({ id, before, after, reason }) =>
      markup`<tr>
        <th scope="row">${id}</th>
        <td>${VERDICT_WORDS[before]}</td>
        <td>${VERDICT_WORDS[after]}</td>
        <td>${reason}</td>
      </tr>`,
  );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Verdicts that changed">
    <table>
      <thead>
        <tr>
          <th scope="col">claim</th>
          <th scope="col">A</th>
          <th scope="col">B</th>
          <th scope="col">reason</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function figures(claims: readonly ClaimPair[], change: 'moved' | 'counted'): Html {
  const rows = claims.flatMap(({ id, figures: pairs }) =>
    pairs
      .filter((pair) => pair.change === change)
      .map(
        (pair) =>
          markup`<tr>
            <th scope="row">${id}</th>
            <td>${pair.name}</td>
            <td class="number">${describeValue(pair.before)}</td>
            <td class="number">${describeValue(pair.after)}</td>
            <td class="number">${describeMove(pair)}</td>
          </tr>`,
      ),
  );
  if (rows.length === 0) return markup`<p>None.</p>`;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Figures">
    <table>
      <thead>
        <tr>
          <th scope="col">claim</th>
          <th scope="col">figure</th>
          <th scope="col" class="number">A</th>
          <th scope="col" class="number">B</th>
          <th scope="col" class="number">move</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function only(run: string, ids: readonly string[]): Html | undefined {
  if (ids.length === 0) return undefined;
  return markup`<h2>Measured in ${run} only</h2>
    <p>${ids.join(', ')}</p>`;
}
