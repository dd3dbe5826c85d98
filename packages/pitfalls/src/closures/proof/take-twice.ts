// Two tasks on one thread that both want the last seat, and one that cannot pay for it.

import { setImmediate } from 'node:timers/promises';

type Reserve = (seats: { free: number }, pay: () => Promise<void>) => Promise<boolean>;

const pay = (): Promise<void> => setImmediate();

/** How many of two callers at once get the only seat. */
export async function takeTwice(reserve: Reserve): Promise<number> {
  const seats = { free: 1 };
  const taken = await Promise.all([reserve(seats, pay), reserve(seats, pay)]);
  return taken.filter(Boolean).length;
}

/** How many seats are free after one caller could not pay for the only one. */
export async function freeAfterFailure(reserve: Reserve): Promise<number> {
  const seats = { free: 1 };
  await reserve(seats, () => Promise.reject(new Error('no money')));
  return seats.free;
}
