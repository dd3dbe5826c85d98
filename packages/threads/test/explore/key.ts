// Worlds by what can happen after them.

import type { Condition, World } from './world.ts';

/** One string for each world that differs from others in what can happen after it. */
export function keyOf(world: World): string {
  const numbers: number[] = [world.ordered + 1];
  for (const word of world.words) numbers.push(word >>> 16, word & 0xffff);
  for (const [party, node] of world.at.entries()) {
    const condition = CONDITIONS.indexOf(world.conditions[party]!);
    numbers.push((world.rounds[party]! << 8) | (condition << 4) | world.heard[party]!);
    // Where a party was killed makes a difference only by what it was inside of.
    const place = condition === DEAD ? node.inside.length : node.number;
    numbers.push(place >>> 16, place & 0xffff);
  }
  for (const list of [world.waiters, world.notified]) {
    for (const { party, word, wait } of list) {
      numbers.push(party, word, wait === 'sync' ? 0xffff : wait === 'nobody' ? 0xfffe : wait);
    }
    numbers.push(0xffff, 0xffff);
  }
  numbers.push(...world.deaths);
  return String.fromCharCode(...numbers);
}

const CONDITIONS: readonly Condition[] = ['awake', 'asleep', 'woken', 'dead'];
const DEAD = CONDITIONS.indexOf('dead');
