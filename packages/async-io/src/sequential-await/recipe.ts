// Claim      A loop that awaits is a queue of one: one request is in flight at a time, in every spelling of the loop, a limit
//            of 8 included. Promise.all has all of them in flight, and 8 where each is let go by the limit.
// Mechanism  `await` gives the thread away, but not to the next line: what would start the next request waits for the
//            answer to this one. What overlaps are calls that have been made, and a loop makes one.
// Use when   `inALoop`: where a request needs the answer to the one before. Else `limited`.
// Do not     start all promises and then await them one by one: one that rejects before its turn has nobody to hear it,
//            and Node.js ends the program, with a try around the loop or not.
// Run        pnpm tsx packages/async-io/src/main.ts sequential-await

import pLimit from 'p-limit';

type Get<Answer> = (number: number) => Promise<Answer>;
type Way = <Answer>(numbers: readonly number[], get: Get<Answer>) => Promise<Answer[]>;

/** The limit of the ways that have one. */
export const WIDTH = 8;

/** One in flight. */
export const inALoop: Way = async (numbers, get) => {
  const answers = [];
  for (const number of numbers) answers.push(await get(number));
  return answers;
};

/** One in flight: the limit of 8 is never reached, since the loop waits for each. */
export const inALoopWithALimit: Way = async (numbers, get) => {
  const limit = pLimit(WIDTH);
  const answers = [];
  for (const number of numbers) answers.push(await limit(() => get(number)));
  return answers;
};

/** One in flight: every step begins by awaiting the one before. */
export const byReduce: Way = (numbers, get) =>
  numbers.reduce<Promise<Awaited<ReturnType<typeof get>>[]>>(
    async (before, number) => [...(await before), await get(number)],
    Promise.resolve([]),
  );

/** One in flight: `fromAsync` awaits what its function returns before it takes the next number. */
export const byFromAsync: Way = (numbers, get) => Array.fromAsync(numbers, (number) => get(number));

/** One in flight: a generator runs to its next `yield` when it is asked, and not before. */
export const byGenerator: Way = async (numbers, get) => {
  async function* answersOf() {
    for (const number of numbers) yield get(number);
  }
  const answers = [];
  for await (const answer of answersOf()) answers.push(answer);
  return answers;
};

/** All in flight: every call is made before the first answer is awaited. */
export const together: Way = (numbers, get) => Promise.all(numbers.map((number) => get(number)));

/** Eight in flight: the same line, with each call let go by the limit. */
export const limited: Way = (numbers, get) => {
  const limit = pLimit(WIDTH);
  return Promise.all(numbers.map((number) => limit(() => get(number))));
};

/** All in flight, and broken: what rejects early is heard too late. */
export const startedThenAwaited: Way = async (numbers, get) => {
  const started = numbers.map((number) => get(number));
  const answers = [];
  for (const answer of started) answers.push(await answer);
  return answers;
};
