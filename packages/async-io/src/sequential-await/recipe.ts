// Claim      A loop that awaits has one request in flight, in every form; Promise.all has all, or as many as a limit lets go.
// Mechanism  The next call is made after the answer to the one before.
// Use when   `limited`: always, unless a request needs the answer before it.
// Do not     start all and then await in a loop: an early rejection ends the program.
// Copy       recipe.ts, ../fail-fast/recipe.ts; npm: p-limit; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts sequential-await

import pLimit from 'p-limit';
import { mapLimited } from '../fail-fast/recipe.ts';

type Get<Answer> = (number: number) => Promise<Answer>;
type Form = <Answer>(numbers: readonly number[], get: Get<Answer>) => Promise<Answer[]>;

/** The limit of the forms that have one. */
export const WIDTH = 8;

/** One in flight. */
export const inALoop: Form = async (numbers, get) => {
  const answers = [];
  for (const number of numbers) answers.push(await get(number));
  return answers;
};

/** One in flight: the limit of 8 is never reached, since the loop waits for each. */
export const inALoopWithALimit: Form = async (numbers, get) => {
  const limit = pLimit(WIDTH);
  const answers = [];
  for (const number of numbers) answers.push(await limit(() => get(number)));
  return answers;
};

/** One in flight: every step begins by awaiting the one before. */
export const byReduce: Form = (numbers, get) =>
  numbers.reduce<Promise<Awaited<ReturnType<typeof get>>[]>>(
    async (before, number) => [...(await before), await get(number)],
    Promise.resolve([]),
  );

/** One in flight: `fromAsync` awaits what its function returns before it takes the next number. */
export const byFromAsync: Form = (numbers, get) => Array.fromAsync(numbers, (number) => get(number));

/** One in flight: a generator runs to its next `yield` when it is asked, and not before. */
export const byGenerator: Form = async (numbers, get) => {
  async function* answersOf() {
    for (const number of numbers) yield get(number);
  }
  const answers = [];
  for await (const answer of answersOf()) answers.push(answer);
  return answers;
};

/** All in flight: every call is made before the first answer is awaited. */
export const together: Form = (numbers, get) => Promise.all(numbers.map((number) => get(number)));

/** Eight in flight: the same with a limit, and a failure lets no other call go. */
export const limited: Form = (numbers, get) => mapLimited(numbers, WIDTH, (number) => get(number));

/** All in flight, and broken: what rejects before its turn is an unhandled rejection, with a try around the loop or not. */
export const startedThenAwaited: Form = async (numbers, get) => {
  const started = numbers.map((number) => get(number));
  const answers = [];
  for (const answer of started) answers.push(await answer);
  return answers;
};
