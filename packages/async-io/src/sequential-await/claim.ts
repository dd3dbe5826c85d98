import { allHold, counted, defineClaim, formatNumber, judgeAtOnce, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import { Pool } from 'undici';
import { download } from '../network/recipe.ts';
import { openServer } from '../proof/server/index.ts';
import { exitStatusOf } from './proof/early-rejection.ts';
import {
  byFromAsync,
  byGenerator,
  byReduce,
  inALoop,
  inALoopWithALimit,
  limited,
  startedThenAwaited,
  together,
  WIDTH,
} from './recipe.ts';

const REQUESTS = 24;
/** ms; where several are to be in flight, so long that the last one is sent before the first is answered. */
const DELAY = 10;
const LONG_DELAY = 100;

const WAYS = [
  { name: 'await in a loop', run: inALoop, inFlight: 1 },
  { name: `await limit(...) in a loop, limit ${WIDTH}`, run: inALoopWithALimit, inFlight: 1 },
  { name: 'async function in reduce', run: byReduce, inFlight: 1 },
  { name: 'Array.fromAsync with a function', run: byFromAsync, inFlight: 1 },
  { name: 'for await over a generator', run: byGenerator, inFlight: 1 },
  { name: 'Promise.all', run: together, inFlight: REQUESTS },
  { name: `Promise.all, each by limit ${WIDTH}`, run: limited, inFlight: WIDTH },
  { name: 'all started, then awaited in a loop', run: startedThenAwaited, inFlight: REQUESTS },
] as const;

interface Seen {
  readonly name: string;
  readonly inFlight: number;
  readonly most: number;
  readonly delay: number;
  readonly wall: number;
}

interface AwaitEvidence extends Evidence {
  readonly seen: readonly Seen[];
  readonly others: readonly Figure[];
}

export default defineClaim<AwaitEvidence>({
  id: 'async-io/sequential-await',
  says: 'Async code runs at the same time.',
  from: ['ours'],
  answer: `Not in a loop that awaits: one request is in flight at a time, in every spelling of the loop and within a limit too, so that it takes the sum of all waits. Promise.all has all in flight, or as many as a limit lets go. Promises that are started and then awaited in a loop have nobody to hear an early rejection, which ends the program.`,

  async measure(context: Context) {
    const seen = await runWays(context);
    const statuses = [
      await exitStatusOf('started, then awaited', context.signal),
      await exitStatusOf('together', context.signal),
    ] as const;
    const others = [...timeFigures(seen), ...statusFigures(statuses)];
    return {
      seen,
      others,
      headline: `in flight at the server: ${seen[0]!.most} in a loop, ${seen[1]!.most} in a loop with a limit, ${seen[5]!.most} by Promise.all, ${seen[6]!.most} with a limit of ${WIDTH}; an early rejection of what is awaited later ends the program with ${statuses[0]}`,
      figures: [...flightFigures(seen), ...others],
      notes: [
        `${REQUESTS} requests over a pool without a limit, that wait ${DELAY} ms each, and ${LONG_DELAY} ms where several are in flight:`,
        drawWays(seen),
      ],
    };
  },

  judge: ({ seen, others }) => allHold([...flightFigures(seen).map(judgeAtOnce), judgeBounds({ figures: others })]),
});

async function runWays({ signal, screen }: Context): Promise<Seen[]> {
  await using server = await openServer({ delay: DELAY }, signal);
  const pool = new Pool(server.origin);
  const numbers = Array.from({ length: REQUESTS }, (_, number) => number);
  const seen: Seen[] = [];
  try {
    await together(numbers, (number) => download(pool, number)); // connections are open
    for (const { name, run, inFlight } of WAYS) {
      signal.throwIfAborted();
      screen.draw(`… sequential-await: ${name}`);
      const delay = inFlight === 1 ? DELAY : LONG_DELAY;
      await server.reset({ delay });
      const start = performance.now();
      await run(numbers, (number) => download(pool, number));
      const wall = performance.now() - start;
      seen.push({ name, inFlight, most: (await server.counts()).mostInFlight, delay, wall });
    }
  } finally {
    await pool.destroy();
  }
  return seen;
}

function flightFigures(seen: readonly Seen[]): Figure[] {
  return seen.map(({ name, most, inFlight }) =>
    counted(`${name}: most in flight`, most, 'requests', { least: inFlight, most: inFlight }),
  );
}

function timeFigures(seen: readonly Seen[]): Figure[] {
  return seen
    .filter(({ inFlight }) => inFlight === 1)
    .map(({ name, wall, delay }) =>
      // A timer of Node.js may be up to a millisecond early by the clock, for each request.
      counted(`${name}: time / sum of the waits`, wall / (REQUESTS * delay), 'x', { least: 1 - 1 / delay }),
    );
}

function statusFigures([late, caught]: readonly [number, number]): Figure[] {
  return [
    counted('all started, then awaited: exit status after an early rejection', late, 'status', { least: 1, most: 1 }),
    counted('Promise.all: exit status after an early rejection that is caught', caught, 'status', {
      least: 0,
      most: 0,
    }),
  ];
}

function drawWays(seen: readonly Seen[]): string {
  const rows = seen.map(({ name, most, wall, delay }) => ({
    way: name,
    'most in flight': String(most),
    'of the sum of all waits': `${formatNumber((100 * wall) / (REQUESTS * delay))} %`,
  }));
  return asNote(table(rows, ['most in flight', 'of the sum of all waits']).split('\n'));
}
