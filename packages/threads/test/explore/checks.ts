// What must hold in a world.

import type { Scenario } from './scenario.ts';
import { isAtEnd, partyName } from './world.ts';
import type { Choice, World } from './world.ts';

/** What is wrong in this world, undefined where nothing is. */
export function wrongIn(world: World, choices: readonly Choice[], scenario: Scenario): string | undefined {
  return world.wrong ?? togetherIn(world, scenario) ?? restIn(world, choices, scenario);
}

/** Who counts as inside: a party that was killed does until somebody begins to recover what it held. */
function insideOf(world: World, scenario: Scenario): readonly string[] {
  if (world.deaths.length === 0) return world.at.flatMap((node) => node.inside);
  const recovered = new Set(world.at.flatMap((node) => node.facts).map((fact) => fact.split(':')[0]));
  return world.at.flatMap((node, party) =>
    world.conditions[party] === 'dead' && recovered.has(`recover ${idOf(party, scenario)}`) ? [] : node.inside,
  );
}

function togetherIn(world: World, scenario: Scenario): string | undefined {
  const inside = insideOf(world, scenario);
  return inside.length > 1 ? scenario.together(inside) : undefined;
}

/** What is wrong where nobody can do a step that others may rely on. */
function restIn(world: World, choices: readonly Choice[], scenario: Scenario): string | undefined {
  if (choices.some(({ progress }) => progress)) return undefined;
  const waiting = world.at.map((_, party) => party).filter((party) => !isAtEnd(world, party));
  if (waiting.length > 0) return `${waiting.map(partyName).join(' and ')} wait, and nobody is left to wake them`;
  return scenario.atEnd(world.words) ?? recoveriesIn(world, scenario);
}

/** A lock that its holder was killed with is recovered once, and no other is. */
function recoveriesIn(world: World, scenario: Scenario): string | undefined {
  const facts = world.at.flatMap((node) => node.facts);
  if (!facts.some((fact) => /^recover \d+: /.test(fact))) return undefined; // this lock does not say it
  for (const party of world.deaths) {
    const times = facts.filter((fact) => fact === `recover ${idOf(party, scenario)}: true`).length;
    if (times > 1) return `${partyName(party)} was recovered ${times} times`;
    if (times === 0 && world.at[party]!.inside.length > 0)
      return `${partyName(party)} was killed inside, not recovered`;
  }
  return undefined;
}

function idOf(party: number, { ids }: Scenario): number {
  return ids?.[party] ?? party + 1;
}
