// What the parties do with a mutex, and with a reentrant one.

import type * as Recipe from '../../../src/mutex/recipe.ts';
import type { Depth, Scenario } from '../scenario.ts';
import { loadRecipe } from '../stepping/load.ts';
import type { Fault } from '../stepping/load.ts';
import { shownAsOwner } from '../report.ts';
import { asOnlooker, memoryOf } from '../stepping/onlooker.ts';
import type { Party, Program } from '../stepping/histories.ts';

const together = (inside: readonly string[]): string => `inside together: ${inside.join(' and ')}`;

/** The scenarios of `mutex`. */
export async function mutexScenarios(depth: Depth, fault?: Fault): Promise<Scenario[]> {
  const { Mutex } = (await loadRecipe('mutex/recipe.ts', fault)) as typeof Recipe;
  type Lock = InstanceType<typeof Mutex>;

  /** Inside until the next operation, which is a look at the owner: others have the time to come in. */
  const leave = (mutex: Lock, party: Party): void => {
    party.enter('holder');
    const { owner } = mutex;
    party.leave('holder');
    if (owner !== party.id) throw new Error(`Expected the owner to be ${party.id}, got ${owner}`);
    mutex.unlock();
  };
  const using =
    (use: (mutex: Lock, party: Party) => void | Promise<void>): Program =>
    (party) =>
      use(new Mutex(party.memory), party);

  const lock = using((mutex, party) => {
    mutex.lock();
    leave(mutex, party);
  });
  const tryLock = using((mutex, party) => {
    if (mutex.tryLock(10)) leave(mutex, party);
  });
  const lockAsync = using(async (mutex, party) => {
    await mutex.lockAsync();
    leave(mutex, party);
  });
  const tryLockAsync = using(async (mutex, party) => {
    if (await mutex.lockAsync(10)) leave(mutex, party);
  });
  const lockOrAbort = using(async (mutex, party) => {
    const signal = party.signal();
    const locked = await mutex.lockAsync(Infinity, signal).catch((error: unknown) => {
      if (error !== signal.reason) throw error;
      return false;
    });
    if (locked) leave(mutex, party);
  });
  const twoTasks = using(async (mutex, party) => {
    const task = (): Promise<void> =>
      mutex.withLockAsync(async () => {
        party.enter('task');
        await party.turn();
        party.leave('task');
      });
    await Promise.all([task(), task()]);
  });
  const taskAndThread = using(async (mutex, party) => {
    const task = mutex.lockAsync();
    if (mutex.owner !== party.id) {
      mutex.lock();
      leave(mutex, party);
    }
    await task;
    leave(mutex, party);
  });
  const recover = using((mutex, party) => {
    for (;;) {
      const dead = party.nextDeath();
      party.note(`recover ${dead}`);
      party.note(`recover ${dead}: ${mutex.recover(dead)}`);
    }
  });

  const scenario = (name: string, parties: readonly Program[], kills = 0, supervisors = kills): Scenario => ({
    name: `${name}${kills > 0 ? `, ${kills} killed` : ''}`,
    words: [{ name: 'owner', start: 0, shown: shownAsOwner }],
    parties: [...parties.map((program) => [program]), ...Array.from({ length: supervisors }, () => [recover])],
    kills,
    supervisors,
    together,
    atEnd: (words) =>
      asOnlooker(() =>
        new Mutex(memoryOf(words)).tryLock() ? undefined : `the lock is not free at the end: ${words.join(' ')}`,
      ),
  });
  const twice = (scenarioOnce: Scenario): Scenario => ({
    ...scenarioOnce,
    name: `${scenarioOnce.name}, twice each`,
    parties: scenarioOnce.parties.map((rounds, n) => (n < 3 ? [...rounds, ...rounds] : rounds)),
  });

  return [
    scenario('three threads', [lock, lock, lock], 1),
    scenario('one with a time limit', [lock, tryLock, lock], 1),
    scenario('two threads and a task', [lock, lock, lockAsync], 1),
    scenario('two threads and a task with a signal', [lock, lock, lockOrAbort], 1),
    scenario('a thread and two tasks', [lock, lockAsync, lockAsync]),
    scenario('two threads and a task with a time limit', [lock, lock, tryLockAsync]),
    scenario('one that waits both ways', [lock, lock, taskAndThread]),
    scenario('a thread and one with two tasks', [lock, twoTasks]),
    scenario('two recover one', [lock, lock], 1, 2),
    ...(depth === 'deep'
      ? [
          twice(scenario('three threads', [lock, lock, lock], 1)),
          scenario('three threads', [lock, lock, lock], 2, 1),
          twice(scenario('one with a time limit', [lock, tryLock, lock])),
          scenario('a thread and two tasks', [lock, lockAsync, lockAsync], 1),
          scenario('a task, one with a signal', [lock, lockAsync, lockOrAbort], 1),
          scenario('two threads and a task with a time limit', [lock, lock, tryLockAsync], 1),
          scenario('one that waits both ways', [lock, lock, taskAndThread], 1),
          scenario('two threads and one with two tasks', [lock, lock, twoTasks]),
        ]
      : []),
  ];
}
