// The parts of the front page that a run writes, and the drawing of the cores in the README of the processes.

import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { figureOf, recipeOf } from '@cookbook/lab/claim';
import { claimLines } from '@cookbook/lab/run';
import { drawCores, measuredOn } from '@cookbook/lab/show';
import type { Block, JsonClaim, JsonReport } from '@cookbook/lab/show';

/** Width of what is drawn, that of a README on a screen of usual width. */
const COLUMNS = 100;

const RACE = 'threads/race';
const REALITY_CHECK = 'processes/reality-check';

/** The blocks of the project beside those of its chapters. */
export async function frontPage(root: URL): Promise<Block[]> {
  const recipe = await readFile(new URL('packages/threads/src/race/recipe.ts', root), 'utf8');
  const readme = new URL('README.md', root);
  return [
    raceBlock(readme, waysOf(recipe, ['++', 'Atomics.add'])),
    measuredBlock(readme, REALITY_CHECK, realityRow),
    measuredBlock(new URL('packages/processes/README.md', root), REALITY_CHECK, realityDrawing),
  ];
}

/** A few lines of the recipe, and the line that it printed. */
export function raceBlock(readme: URL, code: string): Block {
  const draw = (line: string): string => `${fence('ts', code)}\n\n${fence('text', line)}`;
  return {
    readme,
    name: recipeOf({ id: RACE }),
    measuredIn({ claims }) {
      const claim = claims.find(({ id }) => id === RACE);
      return claim?.verdict === 'holds' ? draw(printed(claim)) : undefined;
    },
    refresh: (old) => draw(/```text\n(.*?)\n```/s.exec(old)?.[1] ?? '· race  not measured yet'),
  };
}

/**
 * The methods of those names, each with its comment, four lines each.
 *
 * @throws Error where the recipe has no such method
 */
export function waysOf(recipe: string, names: readonly string[]): string {
  const lines = recipe.split('\n');
  const ways = names.map((name) => {
    const start = lines.findIndex((line) => line.startsWith(`  '${name}'(`));
    if (start === -1) throw new Error(`Expected the recipe of ${RACE} to have a way of counting '${name}', got none`);
    const end = lines.indexOf('  },', start);
    return lines.slice(start - 1, end + 1).map((line) => line.slice(2));
  });
  return ways.map((way) => way.join('\n')).join('\n\n');
}

/**
 * A block in which everything was measured by one claim: stale only where nothing was written yet. A busy machine shows
 * what other programs left over, and is not written down.
 */
function measuredBlock(readme: URL, id: string, draw: (claim: JsonClaim, run: JsonReport) => string): Block {
  return {
    readme,
    name: recipeOf({ id }),
    measuredIn(run) {
      const claim = run.claims.find((one) => one.id === id);
      const isShown = claim?.verdict === 'holds' && claim.qualifier !== 'contended';
      return isShown ? draw(claim, run) : undefined;
    },
    refresh: (old) => old || 'Not measured yet.',
  };
}

/** 'async tasks 1.0x | worker threads 1.9x | processes 1.9x', observed, with host and date. */
export function realityRow({ figures }: JsonClaim, { host }: JsonReport): string {
  const names = { async: 'async tasks', threads: 'worker threads', processes: 'processes' };
  const row = Object.entries(names).map(([key, name]) => {
    return `${name} ${figureOf(figures, `${key}-observed`).median.toFixed(1)}x`;
  });
  return `${fence('text', row.join(' | '))}\n\n${measuredOn(host)}`;
}

/** The load of every core under each mechanism, and what was found. */
export function realityDrawing(claim: JsonClaim, { host }: JsonReport): string {
  const rows = (claim.plots ?? []).flatMap((plot) => (plot.kind === 'cores' ? plot.rows : []));
  const drawings = rows.map(({ name, samples }) => {
    const cores = drawCores(samples, COLUMNS - 2).map((line) => `  ${line}`);
    return [name, ...cores].join('\n');
  });
  return `${fence('text', [...drawings, printed(claim)].join('\n\n'))}\n\n${measuredOn(host)}`;
}

/** The lines that the claim printed, without colour. */
function printed(claim: JsonClaim): string {
  return stripVTControlCharacters(claimLines(claim, recipeOf(claim).length, COLUMNS));
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
