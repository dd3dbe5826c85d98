import { setTimeout as pause } from 'node:timers/promises';
import { checkServers, isUp } from './index.ts';
import type { CheckAllOptions, Status, Target } from './index.ts';

/** The history of a server: its latest rounds, ms of all steps together, null where it was not up. */
export type History = readonly (number | null)[];

export interface Round {
  /** From 1 up. */
  readonly number: number;
  readonly date: Date;
  readonly statuses: readonly Status[];
  /** Of the round before; undefined in the first. */
  readonly before: readonly Status[] | undefined;
  readonly histories: readonly History[];
}

/** Rounds that a history goes back. */
export const REMEMBERED = 30;

/**
 * Checks the servers in rounds: the pause lies between the end of one and the start of the next, so that slow servers
 * never have two checks at once.
 *
 * @param every ms of the pause
 * @throws the reason of the signal when it is aborted
 */
export async function* watchServers(
  targets: readonly Target[],
  { every, rounds, ...options }: CheckAllOptions & { readonly every: number; readonly rounds: number },
): AsyncGenerator<Round> {
  const histories: (number | null)[][] = targets.map(() => []);
  let before: readonly Status[] | undefined;
  for (let number = 1; number <= rounds; number++) {
    if (number > 1) await pause(every, undefined, { signal: options.signal });
    const statuses = await checkServers(targets, options);
    for (const [index, status] of statuses.entries()) {
      histories[index] = [...histories[index]!, isUp(status) ? totalTime(status) : null].slice(-REMEMBERED);
    }
    yield { number, date: new Date(), statuses, before, histories: [...histories] };
    before = statuses;
  }
}

/** ms of all steps together. */
function totalTime({ times }: Status): number {
  return Object.values(times).reduce((sum, time) => sum + time, 0);
}
