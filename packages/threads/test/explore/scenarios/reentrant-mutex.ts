// What the parties do with a reentrant mutex: each takes it twice.

import type * as Recipe from '../../../src/reentrant-mutex/recipe.ts';
import type { Depth, Scenario } from '../scenario.ts';
import { loadRecipe } from '../stepping/load.ts';
import type { Fault } from '../stepping/load.ts';
import { shownAsOwner } from '../report.ts';
import { asOnlooker, memoryOf } from '../stepping/onlooker.ts';
import type { Program } from '../stepping/histories.ts';

/** The scenarios of `reentrant-mutex`: each thread takes the lock twice. */
export async function reentrantScenarios(depth: Depth, fault?: Fault): Promise<Scenario[]> {
  const recipe = await loadRecipe('reentrant-mutex/recipe.ts', fault);
  const { ReentrantMutex } = recipe as typeof Recipe;

  const lockTwice: Program = (party) => {
    const mutex = new ReentrantMutex(party.memory);
    mutex.lock();
    party.enter('holder');
    mutex.lock();
    mutex.unlock();
    party.leave('holder');
    mutex.unlock();
  };
  const tryLockTwice: Program = (party) => {
    const mutex = new ReentrantMutex(party.memory);
    if (!mutex.tryLock(10)) return;
    party.enter('holder');
    if (!mutex.tryLock()) throw new Error('Expected the holder to take the lock again');
    mutex.unlock();
    party.leave('holder');
    mutex.unlock();
  };
  const recover: Program = (party) => {
    const mutex = new ReentrantMutex(party.memory);
    for (;;) {
      const dead = party.nextDeath();
      party.note(`recover ${dead}`);
      party.note(`recover ${dead}: ${mutex.recover(dead)}`);
    }
  };
  const scenario = (name: string, parties: readonly Program[], kills = 0): Scenario => ({
    name: `${name}${kills > 0 ? `, ${kills} killed` : ''}`,
    words: [
      { name: 'owner', start: 0, shown: shownAsOwner },
      { name: 'depth', start: 0 },
    ],
    parties: [...parties, ...(kills > 0 ? [recover] : [])].map((program) => [program]),
    kills,
    supervisors: kills > 0 ? 1 : 0,
    together: (inside) => `inside together: ${inside.join(' and ')}`,
    atEnd: (words) =>
      asOnlooker(() => {
        const memory = memoryOf(words);
        const mutex = new ReentrantMutex(memory);
        if (!mutex.tryLock()) return `the lock is not free at the end: ${words.join(' ')}`;
        mutex.unlock();
        return memory[0] === 0 ? undefined : `one lock and unlock at the end leave ${memory.join(' ')}`;
      }),
  });
  return [
    scenario('two threads', [lockTwice, lockTwice], 1),
    scenario('three threads', [lockTwice, tryLockTwice, lockTwice]),
    ...(depth === 'deep' ? [scenario('three threads', [lockTwice, tryLockTwice, lockTwice], 1)] : []),
  ];
}
