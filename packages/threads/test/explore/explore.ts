// Breadth first through every interleaving of the parties of a scenario, worlds that are equal joined. The first world that
// is wrong has been reached by the fewest steps.

import { describeSteps } from './report.ts';
import { Histories } from './histories.ts';
import type { Node, Program } from './histories.ts';
import { choicesIn, firstWorld, isAtEnd, keyOf, partyName, worldAfter } from './world.ts';
import type { Choice, Parties, World } from './world.ts';

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
export async function explore(scenario: Scenario, limits: Limits): Promise<Exploration> {
  const parties = await partiesOf(scenario, limits.exact ?? false);
  const places = new Map<string, number>();
  const origins: Origin[] = [];
  const edges: number[] = [];
  let cut = 0;
  let wrong: string | undefined;
  let worlds: World[] = [];

  const reach = (world: World, from: number, choice: Choice | undefined): boolean => {
    const key = keyOf(world);
    let place = places.get(key);
    const isNew = place === undefined;
    if (place === undefined) {
      place = places.size;
      places.set(key, place);
      origins.push({ from, choice });
    }
    if (from >= 0) edges.push(from, place);
    return isNew;
  };

  const first = firstWorld(parties);
  reach(first, -1, undefined);
  worlds.push(first);
  let place = 0;
  while (worlds.length > 0 && wrong === undefined) {
    const next: World[] = [];
    for (const world of worlds) {
      const choices = choicesIn(world, parties);
      wrong = world.wrong ?? togetherIn(world, scenario) ?? restIn(world, choices, scenario);
      if (wrong !== undefined) break;
      if (places.size > limits.states) cut++;
      else {
        for (const choice of choices) {
          const after = await worldAfter(world, choice, parties);
          if (reach(after, place, choice)) next.push(after);
        }
      }
      place++;
    }
    if (wrong === undefined) worlds = next;
  }
  if (wrong === undefined) await walk(scenario, parties, limits.walks);
  return {
    scenario: scenario.name,
    states: places.size,
    steps: edges.length / 2,
    ...countWays(places.size, edges),
    cut,
    failure:
      wrong === undefined
        ? undefined
        : { wrong, steps: await describeSteps(scenario, await partiesOf(scenario, true), choicesTo(place, origins)) },
  };
}

/** @param exact whether each history is a node of its own */
async function partiesOf(scenario: Scenario, exact: boolean): Promise<Parties> {
  const { parties, words, kills, supervisors = 0 } = scenario;
  const rounds = parties.map((programs, party) =>
    programs.map((program) => new Histories(program, party + 1, words.length, exact)),
  );
  const starts: Node[][] = [];
  for (const histories of rounds) {
    const nodes: Node[] = [];
    // One after the other: two that run at once would share the code that stops them.
    for (const each of histories) nodes.push(await each.start());
    starts.push(nodes);
  }
  const mortal = rounds.map((_, party) => party < rounds.length - supervisors);
  return { rounds, starts, kills, words: words.map(({ start }) => start), mortal };
}

/** Goes ways by chance with joined and with exact histories. @throws Error where they differ: then joining has lost a way */
async function walk(scenario: Scenario, joined: Parties, walks: number): Promise<void> {
  const exact = await partiesOf(scenario, true);
  const random = randomFrom(walks);
  for (let n = 0; n < walks; n++) {
    let [a, b] = [firstWorld(joined), firstWorld(exact)];
    for (;;) {
      const [before, after] = [viewOf(a, joined), viewOf(b, exact)];
      if (before !== after)
        throw new Error(`Expected exact histories to be as the joined ones, ${before}, got ${after}`);
      const choices = choicesIn(a, joined);
      if (choices.length === 0) break;
      const choice = choices[Math.floor(random() * choices.length)]!;
      a = await worldAfter(a, choice, joined);
      b = await worldAfter(b, choice, exact);
    }
  }
}

function viewOf(world: World, parties: Parties): string {
  const nodes = world.at.map(({ status, operation, inside, facts, limits }) => [
    status,
    operation,
    inside,
    facts,
    limits,
  ]);
  return JSON.stringify([world.words, nodes, choicesIn(world, parties)]);
}

/** Numbers from 0 to 1 that are the same in each run: a linear congruential generator. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** Who counts as inside: a party that was killed does until somebody begins to recover what it held. */
function insideOf(world: World): readonly string[] {
  if (world.deaths.length === 0) return world.at.flatMap((node) => node.inside);
  const recovered = new Set(world.at.flatMap((node) => node.facts).map((fact) => fact.split(':')[0]));
  return world.at.flatMap((node, party) =>
    world.conditions[party] === 'dead' && recovered.has(`recover ${party + 1}`) ? [] : node.inside,
  );
}

function togetherIn(world: World, { together }: Scenario): string | undefined {
  const inside = insideOf(world);
  return inside.length > 1 ? together(inside) : undefined;
}

/** What is wrong where nobody can do a step that others may rely on. */
function restIn(world: World, choices: readonly Choice[], scenario: Scenario): string | undefined {
  if (choices.some(({ progress }) => progress)) return undefined;
  const waiting = world.at.map((_, party) => party).filter((party) => !isAtEnd(world, party));
  if (waiting.length > 0) return `${waiting.map(partyName).join(' and ')} wait, and nobody is left to wake them`;
  return scenario.atEnd(world.words) ?? recoveriesIn(world);
}

/** A lock that its holder was killed with is recovered once, and no other is. */
function recoveriesIn(world: World): string | undefined {
  const facts = world.at.flatMap((node) => node.facts);
  if (!facts.some((fact) => fact.startsWith('recover '))) return undefined;
  for (const party of world.deaths) {
    const times = facts.filter((fact) => fact === `recover ${party + 1}: true`).length;
    if (times > 1) return `${partyName(party)} was recovered ${times} times`;
    if (times === 0 && world.at[party]!.inside.length > 0)
      return `${partyName(party)} was killed inside, not recovered`;
  }
  return undefined;
}

function choicesTo(place: number, origins: readonly Origin[]): Choice[] {
  const choices: Choice[] = [];
  for (let { from, choice } = origins[place]!; choice !== undefined; { from, choice } = origins[from]!) {
    choices.unshift(choice);
  }
  return choices;
}

/** The number of ways through the graph, and the length of the longest. No way comes to one world twice. */
function countWays(count: number, edges: readonly number[]): { interleavings: number; depth: number } {
  const into = new Int32Array(count);
  const out = new Int32Array(count + 1);
  for (let n = 0; n < edges.length; n += 2) {
    out[edges[n]! + 1]!++;
    into[edges[n + 1]!]!++;
  }
  for (let n = 0; n < count; n++) out[n + 1]! += out[n]!;
  const targets = new Int32Array(edges.length / 2);
  const filled = out.slice();
  for (let n = 0; n < edges.length; n += 2) targets[filled[edges[n]!]!++] = edges[n + 1]!;
  const ways = new Float64Array(count);
  const lengths = new Int32Array(count);
  ways[0] = 1;
  let interleavings = 0;
  const ready = [0];
  for (let place; (place = ready.pop()) !== undefined;) {
    if (out[place] === out[place + 1]) interleavings += ways[place]!;
    for (let n = out[place]!; n < out[place + 1]!; n++) {
      const target = targets[n]!;
      ways[target]! += ways[place]!;
      lengths[target] = Math.max(lengths[target]!, lengths[place]! + 1);
      if (--into[target]! === 0) ready.push(target);
    }
  }
  return { interleavings, depth: lengths.reduce((most, length) => Math.max(most, length), 0) };
}
