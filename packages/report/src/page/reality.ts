// The reality check: what the cores did under each mechanism, and how far the speedup goes.

import type { JsonClaim } from '@cookbook/lab/show';
import type { Results } from '../results/format.ts';
import { anchorOf, markup } from './markup/html.ts';
import type { Html } from './markup/html.ts';
import type { Draw } from './plot/figure.ts';
import { verdictMark } from './markup/verdict.ts';

const WATCHED = 'processes/reality-check';
const SWEPT = ['threads/cpu-scaling', 'processes/cpu-scaling'];

/** The pictures of the claims that watch the cores and sweep the lanes; what was not measured is named. */
export function realityCheck({ claims }: Results, draw: Draw): Html {
  const find = (id: string) => claims.find((claim) => claim.id === id);
  const swept = SWEPT.flatMap((id) => find(id) ?? []);
  const watched = find(WATCHED);
  return markup`<section class="reality column" aria-labelledby="reality-check"><h2 id="reality-check">The reality check</h2>
<p>The same CPU-bound work, done by each mechanism in turn. Each strip is a core of this machine; the fuller it is, the
busier the core, be it by this work or by another program. What keeps one core busy takes longer than what keeps all of them busy.</p>
${watched ? pictures(watched, 'cores', draw) : notMeasured(WATCHED)}
${
  swept.length > 0 &&
  markup`<h3>Speedup against lanes</h3><p>The potential speedup is what the mechanism can do where every lane has a core; the observed one
is what this run got, and no run gets more than the dotted line: as many as there are cores. A bar spans the interval that holds the median.</p>
<div class="pair">${swept.map((claim) => pictures(claim, 'lines', draw))}</div>`
}
${SWEPT.filter((id) => !find(id)).map(notMeasured)}
</section>`;
}

function pictures(claim: JsonClaim, kind: 'cores' | 'lines', draw: Draw): Html {
  const drawn = (claim.plots ?? []).filter((plot) => plot.kind === kind);
  if (drawn.length === 0) return notMeasured(claim.id);
  return markup`<div>${drawn.map(draw)}<p class="source">${verdictMark(claim)} <a href="#${anchorOf(claim.id)}">${claim.id}</a></p></div>`;
}

function notMeasured(id: string): Html {
  return markup`<p class="missing">No picture of ${id}: this run did not measure it, or could not show it here.</p>`;
}
