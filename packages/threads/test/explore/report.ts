// An interleaving as lines that a person can follow.

import type { Scenario } from './scenario.ts';
import { firstWorld, partyName, worldAfter } from './world.ts';
import type { Choice, Parties, World } from './world.ts';

/** One line for each step: who, the operation and its result, the words that it changed, who falls asleep or is woken; and the world at the end. */
export async function describeSteps(
  scenario: Scenario,
  parties: Parties,
  choices: readonly Choice[],
): Promise<{ steps: string[]; end: World }> {
  const lines: string[] = [];
  let world = firstWorld(parties);
  for (const choice of choices) {
    const after = await worldAfter(world, choice, parties);
    lines.push(describeStep(scenario, world, choice, after));
    world = after;
  }
  return { steps: lines, end: world };
}

function describeStep({ words }: Scenario, world: World, choice: Choice, after: World): string {
  const { party } = choice;
  const changes = words.flatMap(({ name, shown = String }, n) =>
    world.words[n] === after.words[n] ? [] : [`${name} ${shown(world.words[n]!)} -> ${shown(after.words[n]!)}`],
  );
  const woken = world.waiters
    .filter((waiter) => waiter.party !== party && !after.waiters.includes(waiter))
    .map((waiter) => `wakes ${partyName(waiter.party)}`);
  const entered = after.at[party]!.inside.filter((tag) => !world.at[party]!.inside.includes(tag));
  const notes = [
    after.conditions[party] === 'asleep' && world.conditions[party] !== 'asleep' ? 'sleeps' : '',
    ...changes,
    ...(choice.kind === 'operate' ? woken : []),
    ...entered.map((tag) => `is inside: ${tag}`),
    after.at[party]!.status === 'done' && world.at[party]!.status !== 'done' ? 'is done' : '',
  ];
  return [`${partyName(party)}  ${whatOf(words, world, choice)}`, ...notes.filter(Boolean)].join('; ');
}

function whatOf(words: Scenario['words'], world: World, choice: Choice): string {
  if (choice.kind === 'kill') return 'is killed';
  if (choice.kind === 'event') return `has time for ${choice.event}`;
  const { name, word, operands } = world.at[choice.party]!.operation!;
  if (choice.kind === 'return') return `${name} returns '${choice.result}'`;
  if (name === 'death') return 'hears of a death';
  if (name === 'pause') return 'goes on';
  const { name: wordName, shown = String } = words[word]!;
  const given = name === 'notify' ? operands.map((count) => (count === Infinity ? 'all' : count)) : operands.map(shown);
  return `${name}(${[wordName, ...given].join(', ')})${choice.result === undefined ? '' : ` = '${choice.result}'`}`;
}

/** The value of a word that holds the number of a thread, with its top two bits as marks: sleepers and tasks. */
export function shownAsOwner(value: number): string {
  const marks = [value & (1 << 31) ? '+sleepers' : '', value & (1 << 30) ? '+tasks' : ''];
  const owner = value & ~(3 << 30);
  return [owner === 0 ? 'free' : partyName(owner - 2), ...marks].join('');
}
