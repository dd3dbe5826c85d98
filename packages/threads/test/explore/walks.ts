// Ways by chance, from the start to an end.

import { choicesIn, firstWorld, worldAfter } from './world.ts';
import type { Parties, World } from './world.ts';

/** Goes some ways, for `parties` to know which words are shared. */
export async function walk(parties: Parties, walks: number): Promise<void> {
  await walkBoth(parties, undefined, walks);
}

/** Goes ways with joined and with exact histories. @throws Error where they differ: joining has lost a way */
export async function walkBoth(joined: Parties, exact: Parties | undefined, walks: number): Promise<void> {
  const random = randomFrom(walks);
  for (let n = 0; n < walks; n++) {
    let a = firstWorld(joined);
    let b = exact && firstWorld(exact);
    for (;;) {
      if (b !== undefined) expectSame(viewOf(a, joined), viewOf(b, exact!));
      const choices = choicesIn(a, joined);
      if (choices.length === 0) break;
      const choice = choices[Math.floor(random() * choices.length)]!;
      a = await worldAfter(a, choice, joined);
      b = b && (await worldAfter(b, choice, exact!));
    }
  }
}

function expectSame(joined: string, exact: string): void {
  if (joined !== exact) throw new Error(`Expected exact histories to be as the joined ones, ${joined}, got ${exact}`);
}

function viewOf(world: World, parties: Parties): string {
  const nodes = world.at.map(({ status, operation, inside, facts, limits }) => [
    status,
    operation,
    inside,
    facts,
    status === 'done' ? [] : limits,
  ]);
  return JSON.stringify([world.words, nodes, choicesIn(world, parties)]);
}

/** Numbers from 0 to 1 that are the same in each run: a linear congruential generator. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
