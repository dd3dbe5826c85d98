// What parties do with a lock, and what must hold meanwhile.

import { Histories } from './stepping/histories.ts';
import type { Memory, Node, Program } from './stepping/histories.ts';
import type { Sharing } from './sharing.ts';
import type { Parties } from './world.ts';

/** A word of the lock, and how its values are shown. */
interface Word {
  readonly name: string;
  readonly start: number;
  readonly shown?: (value: number) => string;
}

/** What parties do with a lock, and what must hold meanwhile. */
export interface Scenario {
  readonly name: string;
  readonly words: readonly Word[];
  /** Each party by its rounds: a round knows nothing of the one before. */
  readonly parties: readonly (readonly Program[])[];
  /** What a party is taken to remember: `values` where nothing else is said. */
  readonly remembers?: Memory;
  /** The `threadId` of each: 1, 2 and so on where nothing else is said. */
  readonly ids?: readonly number[];
  /** How many of them may be killed, each at any of its operations. */
  readonly kills: number;
  /** How many parties at the end of the list may not be killed, and recover what the others held. */
  readonly supervisors?: number;
  /** What is wrong with those that are inside together, undefined where they may be. */
  readonly together: (inside: readonly string[]) => string | undefined;
  /** What is wrong at the end, where nobody is inside. */
  readonly atEnd: (words: readonly number[]) => string | undefined;
}

/** Whether a scenario is gone through in some seconds, or with more rounds and kills. */
export type Depth = 'short' | 'deep';

/** The parties of a scenario, before their first step. */
export async function partiesOf(scenario: Scenario, sharing: Sharing, remembers: Memory): Promise<Parties> {
  const { parties, words, kills, supervisors = 0, ids = parties.map((_, party) => party + 1) } = scenario;
  const rounds = parties.map((programs, party) =>
    programs.map(
      (program) =>
        new Histories(program, ids[party]!, words.length, party < parties.length - supervisors ? remembers : 'all'),
    ),
  );
  const starts: Node[][] = [];
  for (const histories of rounds) {
    const nodes: Node[] = [];
    // One after the other: two that run at once would share the code that stops them.
    for (const each of histories) nodes.push(await each.start());
    starts.push(nodes);
  }
  const mortal = rounds.map((_, party) => party < rounds.length - supervisors);
  return { rounds, starts, kills, words: words.map(({ start }) => start), mortal, ids, sharing };
}
