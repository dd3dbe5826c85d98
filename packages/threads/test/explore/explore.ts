// Breadth first through every interleaving of the parties of a scenario, worlds that are equal joined. The first world that
// is wrong has been reached by the fewest steps.

import { wrongIn } from './checks.ts';
import { keyOf } from './key.ts';
import { describeSteps } from './report.ts';
import { partiesOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { Sharing } from './sharing.ts';
import { walk, walkBoth } from './walks.ts';
import { countWays } from './ways.ts';
import { choicesIn, firstWorld, worldAfter } from './world.ts';
import type { Choice, Parties, World } from './world.ts';

/** What was found. */
export interface Exploration {
  readonly scenario: string;
  /** Different worlds. */
  readonly states: number;
  /** Steps between them. */
  readonly steps: number;
  /** Different ways from the start to an end. */
  readonly interleavings: number;
  /** The number of steps of the longest of them. */
  readonly depth: number;
  /** Ways that were not followed to their end, because they were too long. */
  readonly cut: number;
  readonly failure: { readonly wrong: string; readonly steps: readonly string[] } | undefined;
}

export interface Limits {
  /** Most worlds to visit. */
  readonly states: number;
  /** How many ways are gone once more by chance, without joining what parties remember, to see that the joining is right. */
  readonly walks: number;
  /** Joins no histories at all: exact, and slow. */
  readonly exact?: boolean;
}

/** Where a world was reached from, and by what. */
interface Origin {
  readonly from: number;
  readonly choice: Choice | undefined;
}

/** Goes through a scenario until something is wrong, or to its end. */
export async function explore(scenario: Scenario, { states, walks, exact = false }: Limits): Promise<Exploration> {
  const sharing = new Sharing(scenario.words.length);
  const parties = await partiesOf(scenario, sharing, exact ? 'all' : (scenario.remembers ?? 'values'));
  await walk(parties, walks);
  let search: Search;
  do {
    sharing.isOutdated = false;
    search = new Search(scenario, parties, states);
    await search.run();
  } while (sharing.isOutdated);
  const { wrong, cut, origins, edges } = search;
  const exactly = await partiesOf(scenario, sharing, 'all');
  const counts = {
    scenario: scenario.name,
    states: origins.length,
    steps: edges.length / 2,
    ...countWays(origins.length, edges),
    cut,
  };
  if (wrong === undefined) {
    await walkBoth(parties, exactly, walks);
    return { ...counts, failure: undefined };
  }
  const { steps, end } = await describeSteps(scenario, exactly, wrong.choices);
  const found = wrongIn(end, choicesIn(end, exactly), scenario);
  if (found !== wrong.wrong) throw new Error(`Expected exact histories to show too: ${wrong.wrong}, got ${found}`);
  return { ...counts, failure: { wrong: found, steps } };
}

class Search {
  readonly edges: number[] = [];
  readonly origins: Origin[] = [];
  /** Worlds that were not followed, because there are too many. */
  cut = 0;
  wrong: { readonly wrong: string; readonly choices: readonly Choice[] } | undefined;
  readonly #places = new Map<string, number>();
  readonly #scenario: Scenario;
  readonly #parties: Parties;
  readonly #most: number;

  constructor(scenario: Scenario, parties: Parties, most: number) {
    this.#scenario = scenario;
    this.#parties = parties;
    this.#most = most;
  }

  /** Runs until something is wrong, or what was taken for granted about the words was. */
  async run(): Promise<void> {
    let worlds = [firstWorld(this.#parties)];
    this.#reach(worlds[0]!, -1, undefined);
    for (let place = 0; worlds.length > 0;) {
      const next: World[] = [];
      for (const world of worlds) {
        const choices = choicesIn(world, this.#parties);
        const wrong = wrongIn(world, choices, this.#scenario);
        if (wrong !== undefined) this.wrong = { wrong, choices: this.#choicesTo(place) };
        if (wrong !== undefined || this.#parties.sharing.isOutdated) return;
        if (this.#places.size > this.#most) this.cut++;
        else {
          for (const choice of choices) {
            const after = await worldAfter(world, choice, this.#parties);
            if (this.#reach(after, place, choice)) next.push(after);
          }
        }
        place++;
      }
      worlds = next;
    }
  }

  /** Whether this world is a new one. */
  #reach(world: World, from: number, choice: Choice | undefined): boolean {
    const key = keyOf(world);
    const known = this.#places.get(key);
    const place = known ?? this.#places.size;
    if (from >= 0) this.edges.push(from, place);
    if (known !== undefined) return false;
    this.#places.set(key, place);
    this.origins.push({ from, choice });
    return true;
  }

  #choicesTo(place: number): Choice[] {
    const choices: Choice[] = [];
    for (let { from, choice } = this.origins[place]!; choice !== undefined; { from, choice } = this.origins[from]!) {
      choices.unshift(choice);
    }
    return choices;
  }
}
