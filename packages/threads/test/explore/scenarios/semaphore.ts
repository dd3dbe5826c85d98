// What the parties do with a semaphore.

import type * as Recipe from '../../../src/semaphore/recipe.ts';
import type { Program } from '../stepping/histories.ts';
import { loadRecipe } from '../stepping/load.ts';
import type { Fault } from '../stepping/load.ts';
import { asOnlooker, memoryOf } from '../stepping/onlooker.ts';
import type { Depth, Scenario } from '../scenario.ts';

/** The scenarios of `semaphore`. */
export async function semaphoreScenarios(depth: Depth, fault?: Fault): Promise<Scenario[]> {
  const { Semaphore } = (await loadRecipe('semaphore/recipe.ts', fault)) as typeof Recipe;

  const use: Program = (party) => {
    const semaphore = new Semaphore(party.memory);
    semaphore.acquire();
    party.enter('permit');
    party.pause(); // others have the time to come in
    party.leave('permit');
    semaphore.release();
  };
  const tryUse: Program = (party) => {
    const semaphore = new Semaphore(party.memory);
    if (!semaphore.tryAcquire(10)) return;
    party.enter('permit');
    party.pause();
    party.leave('permit');
    semaphore.release();
  };
  const useAsync: Program = async (party) => {
    const semaphore = new Semaphore(party.memory);
    await semaphore.acquireAsync();
    party.enter('permit');
    party.pause();
    party.leave('permit');
    semaphore.release();
  };
  const useOrAbort: Program = async (party) => {
    const semaphore = new Semaphore(party.memory);
    const signal = party.signal();
    const acquired = await semaphore.acquireAsync(Infinity, signal).catch((error: unknown) => {
      if (error !== signal.reason) throw error;
      return false;
    });
    if (!acquired) return;
    party.enter('permit');
    party.pause();
    party.leave('permit');
    semaphore.release();
  };
  const acquire: Program = (party) => new Semaphore(party.memory).acquire();
  const release: Program = (party) => new Semaphore(party.memory).release();
  const releaseTwice: Program = (party) => {
    const semaphore = new Semaphore(party.memory);
    semaphore.release();
    semaphore.release();
  };
  const recover: Program = (party) => {
    const semaphore = new Semaphore(party.memory);
    for (;;) {
      const dead = party.nextDeath();
      party.note(`recover ${dead}`);
      party.note(`recover ${dead}: ${semaphore.recover(dead) > 0}`);
    }
  };

  const scenario = (
    name: string,
    parties: readonly Program[],
    {
      free = 1,
      most = free,
      atEnd = free,
      kills = 0,
    }: Partial<Record<'free' | 'most' | 'atEnd' | 'kills', number>> = {},
  ): Scenario => ({
    name: `${name}, ${most} permits${kills > 0 ? `, ${kills} killed` : ''}`,
    words: [...asOnlooker(() => Semaphore.create(free, most)).memory].map((start, n) => ({
      name: ['changes', 'waiting'][n] ?? `permit ${n - 1}`,
      start,
    })),
    parties: [...parties, ...(kills > 0 ? [recover] : [])].map((program) => [program]),
    remembers: ['sleepUntil', 'waitUntil', 'wake'],
    kills,
    supervisors: kills > 0 ? 1 : 0,
    together: (inside) => (inside.length > most ? `${inside.length} have a permit of ${most}` : undefined),
    atEnd: (words) =>
      asOnlooker(() => {
        const left = new Semaphore(memoryOf(words)).free;
        return left === atEnd ? undefined : `Expected ${atEnd} permits to be free at the end, got ${left}`;
      }),
  });
  const short = [
    scenario('three threads', [use, use, use]),
    scenario('two threads', [use, use], { kills: 1 }),
    scenario('a thread and one with a time limit', [use, tryUse]),
    scenario('one releases twice, two acquire', [releaseTwice, acquire, acquire], { free: 0, most: 2, atEnd: 0 }),
    scenario('one acquires, two release', [release, acquire, release], { free: 0, most: 2, atEnd: 1 }),
    scenario('a thread and a task', [use, useAsync], { kills: 1 }),
    scenario('two threads and a task', [use, use, useAsync]),
  ];
  if (depth === 'short') return short;
  return [
    ...short,
    scenario('a thread, a task and one with a signal', [use, useAsync, useOrAbort]),
    scenario('three threads', [use, use, use], { free: 2 }),
    scenario('three threads', [use, use, use], { kills: 1 }),
    scenario('two threads, one with a time limit', [use, tryUse, use]),
  ];
}
