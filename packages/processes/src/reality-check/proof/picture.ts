// The load of the cores: drawn in a terminal, and as data for the report.

import type { CoresPlot } from '@cookbook/lab/claim';
import { coresPlot } from '@cookbook/lab/host';
import { drawCores } from '@cookbook/lab/show';
import type { CoreSample } from '../recipe.ts';
import type { Row } from './row.ts';

/** A mechanism's name, and the load of every core while it ran, a column for each 100 ms. */
export function picture(name: string, samples: readonly CoreSample[], columns: number): string {
  const rows = drawCores(samples, columns - 2);
  const lines = rows.length > 0 ? rows : ['the load of the cores cannot be read on this system'];
  return `\n${name}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

export function timeline(rows: readonly Row[]): CoresPlot {
  return coresPlot(
    'Load of every core over time',
    rows.map(({ name, sight: { started, samples } }) => ({ name, start: started, samples })),
  );
}
