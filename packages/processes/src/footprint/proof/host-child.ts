// A process in which residents are started, with nothing else in its memory that could grow meanwhile.

import { memoryOf } from './memory.ts';
import type { Memory } from './memory.ts';
import { start } from '../recipe.ts';
import type { Kind, Resident } from '../recipe.ts';

/** One start and end, for its time; or more and more residents, for their memory. */
export type Order = 'end' | { readonly time: Kind } | { readonly grow: Kind; readonly counts: readonly number[] };

/** ms; or what so many residents take beyond the empty host, for each count. */
export type Answer = number | Memory[];

// The parent is gone, and the folder of the compile cache with it: to exit would write there.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', async (order: Order) => {
  if (order === 'end') process.exit();
  process.send!('time' in order ? await time(order.time) : await grow(order.grow, order.counts));
});
process.send!('ready');

async function time(kind: Kind): Promise<number> {
  const begin = performance.now();
  const resident = await start(kind);
  const took = performance.now() - begin;
  await resident.end();
  return took;
}

async function grow(kind: Kind, counts: readonly number[]): Promise<Memory[]> {
  const residents: Resident[] = [];
  const all = (): number[] => [process.pid, ...residents.flatMap(({ pid }) => pid ?? [])];
  globalThis.gc?.();
  const empty = await memoryOf(all());
  const taken: Memory[] = [];
  for (const count of counts) {
    while (residents.length < count) residents.push(await start(kind));
    globalThis.gc?.();
    const memory = await memoryOf(all());
    taken.push({
      private: memory.private - empty.private,
      proportional: memory.proportional - empty.proportional,
    });
  }
  await Promise.all(residents.map((resident) => resident.end()));
  return taken;
}
