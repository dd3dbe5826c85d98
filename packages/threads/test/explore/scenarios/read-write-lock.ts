// What the parties do with a read-write lock.

import type * as Recipe from '../../../src/read-write-lock/recipe.ts';
import type { Party, Program } from '../stepping/histories.ts';
import { loadRecipe } from '../stepping/load.ts';
import type { Fault } from '../stepping/load.ts';
import { asOnlooker, memoryOf } from '../stepping/onlooker.ts';
import type { Depth, Scenario } from '../scenario.ts';

/** The scenarios of `read-write-lock`. */
export async function readWriteScenarios(depth: Depth, fault?: Fault): Promise<Scenario[]> {
  const recipe = (await loadRecipe('read-write-lock/recipe.ts', fault)) as typeof Recipe;
  const { ReadWriteLock, READ_WRITE_LOCK_WORDS } = recipe;
  type Lock = InstanceType<typeof ReadWriteLock>;

  /** Inside until the next operation: others have the time to come in. */
  const inside = (party: Party, tag: 'reader' | 'writer'): void => {
    party.enter(tag);
    party.pause();
    party.leave(tag);
  };
  const using =
    (use: (lock: Lock, party: Party) => void | Promise<void>): Program =>
    (party) =>
      use(new ReadWriteLock(party.memory), party);

  const read = using((lock, party) => {
    lock.lockRead();
    inside(party, 'reader');
    lock.unlockRead();
  });
  const write = using((lock, party) => {
    lock.lockWrite();
    inside(party, 'writer');
    lock.unlockWrite();
  });
  const tryRead = using((lock, party) => {
    if (!lock.tryLockRead(10)) return;
    inside(party, 'reader');
    lock.unlockRead();
  });
  const tryWrite = using((lock, party) => {
    if (!lock.tryLockWrite(10)) return;
    inside(party, 'writer');
    lock.unlockWrite();
  });
  const readAsync = using(async (lock, party) => {
    await lock.lockReadAsync();
    inside(party, 'reader');
    lock.unlockRead();
  });
  const writeAsync = using(async (lock, party) => {
    await lock.lockWriteAsync();
    inside(party, 'writer');
    lock.unlockWrite();
  });
  const writeOrAbort = using(async (lock, party) => {
    const signal = party.signal();
    const locked = await lock.lockWriteAsync(Infinity, signal).catch((error: unknown) => {
      if (error !== signal.reason) throw error;
      return false;
    });
    if (!locked) return;
    inside(party, 'writer');
    lock.unlockWrite();
  });
  const recover = using((lock, party) => {
    for (;;) {
      const dead = party.nextDeath();
      party.note(`recover ${dead}`);
      lock.recover(dead);
    }
  });

  const scenario = (name: string, parties: readonly Program[], kills = 0, supervisors = kills): Scenario => ({
    name: `${name}${kills > 0 ? `, ${kills} killed` : ''}`,
    words: Array.from({ length: READ_WRITE_LOCK_WORDS }, (_, n) => ({
      name: ['changes', 'waiting', 'writer', 'taken'][n] ?? `seat ${n - 4}`,
      start: 0,
    })),
    parties: [...parties.map((program) => [program]), ...Array.from({ length: supervisors }, () => [recover])],
    remembers: ['sleepUntil', 'waitUntil', 'wake'],
    kills,
    supervisors,
    together: (tags) => (tags.includes('writer') ? `inside together: ${tags.join(' and ')}` : undefined),
    atEnd: (words) =>
      asOnlooker(() =>
        new ReadWriteLock(memoryOf(words)).tryLockWrite() ? undefined : `not free at the end: ${words.join(' ')}`,
      ),
  });
  const short = [
    scenario('a reader and a writer', [read, write], 1),
    scenario('a reader and a writer with a time limit', [read, tryWrite]),
    scenario('a writer and a reader with a time limit', [write, tryRead]),
    scenario('a reader and a task that writes', [read, writeAsync], 1),
    scenario('a writer and a task that reads', [write, readAsync], 1),
  ];
  if (depth === 'short') return short;
  return [
    ...short,
    scenario('a reader and a task that writes with a signal', [read, writeOrAbort]),
    scenario('two readers and a writer', [read, write, read]),
    scenario('a reader and two writers', [write, read, write]),
  ];
}
