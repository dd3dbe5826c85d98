// What the parties do with a ticket lock.

import type * as Recipe from '../../../src/starvation/recipe.ts';
import type { Party, Program } from '../stepping/histories.ts';
import { loadRecipe } from '../stepping/load.ts';
import type { Fault } from '../stepping/load.ts';
import { asOnlooker, memoryOf } from '../stepping/onlooker.ts';
import type { Depth, Scenario } from '../scenario.ts';

const PLACES = 16;

/** The words where that ticket is the next: as after so many turns. */
function wordsBefore(ticket: number): number[] {
  const places = Array.from({ length: PLACES }, (_, place) => {
    const next = ticket + ((place - ticket) & (PLACES - 1));
    return (((next | 0) >>> 4) & 0x7ff) << 20;
  });
  return [ticket | 0, ticket | 0, ...places, ...Array.from({ length: PLACES }, () => 0)];
}

/** The scenarios of `starvation`. */
export async function ticketScenarios(depth: Depth, fault?: Fault): Promise<Scenario[]> {
  const { TicketLock } = (await loadRecipe('starvation/recipe.ts', fault)) as typeof Recipe;
  type Lock = InstanceType<typeof TicketLock>;

  /** Inside until the next operation: others have the time to come in. */
  const leave = (lock: Lock, party: Party): void => {
    party.enter('holder');
    party.pause();
    party.leave('holder');
    lock.unlock();
  };
  const using =
    (use: (lock: Lock, party: Party) => void | Promise<void>): Program =>
    (party) =>
      use(new TicketLock(party.memory), party);
  const lockFrom = (first: number): Program =>
    using((lock, party) => {
      party.inOrder((lock.lock() - first) | 0);
      leave(lock, party);
    });
  const lock = lockFrom(0);
  const tryLock = using((ticketLock, party) => {
    if (ticketLock.tryLock()) leave(ticketLock, party);
  });
  const lockAsync = using(async (ticketLock, party) => {
    party.inOrder(await ticketLock.lockAsync());
    leave(ticketLock, party);
  });
  const lockOrAbort = using(async (ticketLock, party) => {
    const signal = party.signal();
    const ticket = await ticketLock.lockAsync(signal).catch((error: unknown) => {
      if (error !== signal.reason) throw error;
      return undefined;
    });
    if (ticket === undefined) return;
    party.inOrder(ticket);
    leave(ticketLock, party);
  });
  const recover = using((ticketLock, party) => {
    for (;;) {
      const dead = party.nextDeath();
      party.note(`recover ${dead}`);
      ticketLock.recover(dead);
    }
  });
  const scenario = (
    name: string,
    parties: readonly Program[],
    kills = 0,
    { first = 0, supervisors = kills } = {},
  ): Scenario => ({
    name: `${name}${kills > 0 ? `, ${kills} killed` : ''}`,
    words: wordsBefore(first).map((start, n) => ({
      name: ['next ticket', 'served'][n] ?? (n < 2 + PLACES ? `place ${n - 2}` : `call ${n - 2 - PLACES}`),
      start,
    })),
    parties: [...parties.map((program) => [program]), ...Array.from({ length: supervisors }, () => [recover])],
    remembers: ['#step', '#callNext'],
    kills,
    supervisors,
    together: (tags) => `inside together: ${tags.join(' and ')}`,
    atEnd: (words) =>
      asOnlooker(() =>
        new TicketLock(memoryOf(words)).tryLock() ? undefined : `the lock is not free at the end: ${words.join(' ')}`,
      ),
  });
  const last = 2 ** 31 - 1;
  const short = [
    scenario('two threads', [lock, lock]),
    scenario('a thread and one that tries', [lock, tryLock]),
    scenario('a thread and a task with a signal', [lock, lockOrAbort]),
    scenario('two threads at ticket 2 ** 31 - 1', [lockFrom(last), lockFrom(last)], 0, { first: last }),
  ];
  if (depth === 'short') return short;
  return [
    ...short,
    scenario('two threads', [lock, lock], 1),
    scenario('a thread and a task', [lock, lockAsync], 1),
    scenario('three threads', [lock, lock, lock]),
    scenario('two threads, one tries', [lock, tryLock, lock]),
  ];
}
