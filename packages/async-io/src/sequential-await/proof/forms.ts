// Each form of the recipe against a server that counts what is in flight.

import { atOnce, counted, counts, exactly, formatNumber } from '@cookbook/lab/claim';
import type { Context, Figure, Finding } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import { timed } from '@cookbook/lab/task';
import { Pool } from 'undici';
import { getDocument } from '../../proof/get-document.ts';
import { openServer } from '../../proof/server/index.ts';
import * as forms from '../recipe.ts';

const REQUESTS = 24;
/** ms; where several are to be in flight, so long that the last one is sent before the first is answered. */
const DELAY = 10;
const LONG_DELAY = 100;
const { WIDTH } = forms;

/** What awaits in a loop, and what does not. */
const LOOPS = [
  { key: 'loop', name: 'await in a loop', run: forms.inALoop },
  { key: 'loop-limit', name: `await limit(...) in a loop, limit ${WIDTH}`, run: forms.inALoopWithALimit },
  { key: 'reduce', name: 'async function in reduce', run: forms.byReduce },
  { key: 'from-async', name: 'Array.fromAsync with a function', run: forms.byFromAsync },
  { key: 'generator', name: 'for await over a generator', run: forms.byGenerator },
] as const;
const OVERLAPPING = [
  { key: 'all', name: 'Promise.all', run: forms.together, expected: REQUESTS },
  { key: 'all-limit', name: `Promise.all, each by limit ${WIDTH}`, run: forms.limited, expected: WIDTH },
  { key: 'started', name: 'all started, then awaited in a loop', run: forms.startedThenAwaited, expected: REQUESTS },
] as const;

export interface Seen {
  readonly key: string;
  readonly name: string;
  /** The most requests in flight at once, and how many are expected. */
  readonly most: number;
  readonly expected: number;
  /** Of each request, and of all of them, ms. */
  readonly delay: number;
  readonly wall: number;
}

export async function runForms({ signal, screen }: Context): Promise<Record<'loops' | 'overlapping', Seen[]>> {
  await using server = await openServer({ delay: DELAY }, signal);
  const pool = new Pool(server.origin);
  const get = (number: number): Promise<Uint8Array> => getDocument(pool, number);
  const numbers = Array.from({ length: REQUESTS }, (_, number) => number);
  const see = async (
    { key, name, run }: (typeof LOOPS | typeof OVERLAPPING)[number],
    expected: number,
    delay: number,
  ) => {
    signal.throwIfAborted();
    screen.draw(`… sequential-await: ${name}`);
    await server.reset({ delay });
    const wall = await timed(() => run(numbers, get));
    return { key, name, most: (await server.counts()).mostInFlight, expected, delay, wall };
  };
  try {
    await forms.together(numbers, get); // connections are open
    const [loops, overlapping]: [Seen[], Seen[]] = [[], []];
    for (const form of LOOPS) loops.push(await see(form, 1, DELAY));
    for (const form of OVERLAPPING) overlapping.push(await see(form, form.expected, LONG_DELAY));
    return { loops, overlapping };
  } finally {
    await pool.destroy();
  }
}

/** One request in flight, in every form: `loop`, `loop-limit`, `reduce`, `from-async`, `generator`; and `KEY-time`. */
export function oneInFlight(words: string, loops: readonly Seen[]): Finding {
  const flights = loops.map(({ key, name, most }) =>
    counted(key, `${name}: most in flight`, most, 'request', exactly(1)),
  );
  return counts(words, ...flights, ...loops.map(timeFigure));
}

/** A timer of Node.js may be up to a millisecond early by the clock, for each request. */
function timeFigure({ key, name, wall, delay }: Seen): Figure {
  const least = { least: 1 - 1 / delay };
  return counted(`${key}-time`, `${name}: time / sum of the waits`, wall / (REQUESTS * delay), 'x', least);
}

/** Several in flight; `words` by key: `all`, `all-limit`, `started`. */
export function severalInFlight(words: Readonly<Record<string, string>>, overlapping: readonly Seen[]): Finding[] {
  return overlapping.map(({ key, name, most, expected }) =>
    atOnce(words[key] ?? '', key, `${name}: most in flight`, most, expected, 'requests'),
  );
}

export function describeForms(seen: readonly Seen[]): string[] {
  const rows = seen.map(({ name, most, wall, delay }) => ({
    form: name,
    'most in flight': String(most),
    'of the sum of all waits': `${formatNumber((100 * wall) / (REQUESTS * delay))} %`,
  }));
  return [
    `${REQUESTS} requests over a pool without a limit, that wait ${DELAY} ms each, and ${LONG_DELAY} ms where several are in flight:`,
    asNote(table(rows, ['most in flight', 'of the sum of all waits']).split('\n')),
  ];
}
