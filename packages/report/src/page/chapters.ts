// The claims in reading order, chapter by chapter; those that were not measured are named with the way to measure them.

import type { PlannedChapter, Results } from '../results/format.ts';
import { claimSection } from './claim-section.ts';
import type { Highlight } from './markup/highlight.ts';
import { markup } from './markup/html.ts';
import type { Html } from './markup/html.ts';
import type { Draw } from './plot/figure.ts';
import type { Sources } from './markup/recipe-source.ts';

/** What the sections of all claims are made with. */
export interface Means {
  /** By the claim's id. */
  readonly sources: ReadonlyMap<string, Sources>;
  readonly highlight: Highlight;
  readonly draw: Draw;
}

export function chapters(results: Results, means: Means): Html[] {
  return results.chapters
    .filter(({ sections }) => sections.length > 0)
    .map((chapter) => chapterOf(chapter, results, means));
}

export function chapterAnchor(name: string): string {
  return `chapter-${name.replaceAll(/[^a-z0-9-]/gi, '-')}`;
}

function chapterOf({ name, title, sections }: PlannedChapter, results: Results, means: Means): Html {
  const [short, ...rest] = title.split(': ');
  return markup`<section class="chapter column" aria-labelledby="${chapterAnchor(name)}"><h2 id="${chapterAnchor(name)}">${short}</h2>
${rest.length > 0 && markup`<p class="subtitle">${sentence(rest.join(': '))}</p>`}
${sections.map(
  (section) =>
    markup`<section><h3>${section.title}</h3>${section.claims.map((id) => {
      const claim = results.claims.find((one) => one.id === id);
      const recipe = results.recipes[id];
      return claim
        ? claimSection({ ...means, claim, recipe, sources: means.sources.get(id) })
        : notMeasured(id, results.leftOut.includes(id), recipe?.command);
    })}</section>`,
)}</section>`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function notMeasured(id: string, leftOut: boolean, command?: string): Html {
  const why = leftOut ? 'was left out of this run' : 'is missing: the run ended before it';
  return markup`<p class="missing"><b>${id}</b> ${why}.${command && markup` Run it: <code>${command}</code>`}</p>`;
}
