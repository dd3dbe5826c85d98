// The one runner: claims one after another, wherever each is measured, and a line for each verdict.

import { recipeOf } from '../claim/claim.ts';
import type { Screen } from '../claim/claim.ts';
import type { JsonClaim } from '../show/json.ts';
import { bold, dim } from '../show/terminal.ts';
import { claimLines, introduction, widthOf } from './lines.ts';
import type { Group } from './lines.ts';

export interface Run {
  readonly groups: readonly Group[];
  /** What the reader typed: a recipe that was asked for by its own name is shown with its figures. */
  readonly names: readonly string[];
  readonly screen: Screen;
  /** Measures one claim, in this process or in another; undefined where it is left out after all. */
  readonly measure: (id: string) => Promise<JsonClaim | undefined>;
  /** Which of the claims that are left is next, undefined where none of them is to run; the first unless given. */
  readonly next?: (ids: readonly string[]) => string | undefined;
}

/**
 * Runs the claims, and prints a line for each as it goes.
 *
 * @returns the ids that `next` did not choose
 */
export async function runClaims({ groups, names, screen, measure, next = ([id]) => id }: Run): Promise<string[]> {
  const claims = groups.flatMap((group) =>
    group.claims.map((claim) => ({ ...claim, heading: `\n${bold(group.title)}` })),
  );
  const { columns } = screen;
  const width = widthOf(claims);
  let heading = '';
  let rest = claims.map(({ id }) => id);
  for (let id = next(rest); id !== undefined; id = next(rest)) {
    const words = claims.find((claim) => claim.id === id)!;
    const detailed = names.includes(id) || names.includes(recipeOf(words));
    if (words.heading !== heading) screen.print(words.heading);
    heading = words.heading;
    if (detailed) screen.print(`\n${introduction(words, columns)}`);
    screen.draw(dim(`… ${recipeOf(words)}`));
    const claim = await measure(id);
    if (claim) screen.print(claimLines(claim, width, columns, detailed));
    rest = rest.filter((one) => one !== id);
  }
  return rest;
}

/**
 * The exit status: 0 where every claim holds or cannot be shown here, 1 where one is refuted, 3 where one is inconclusive
 * and that is not let pass.
 *
 * @param strict whether an inconclusive claim is not let pass
 */
export function statusOf(
  claims: readonly Pick<JsonClaim, 'verdict'>[],
  strict = process.env['CLAIMS_STRICT'] === '1',
): 0 | 1 | 3 {
  if (claims.some(({ verdict }) => verdict === 'refuted')) return 1;
  return strict && claims.some(({ verdict }) => verdict === 'inconclusive') ? 3 : 0;
}
