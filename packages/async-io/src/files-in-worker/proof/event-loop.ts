// What reading files does to the event loop of the thread that asks for them.

import { allHold, counted, counts, judgeIntervals, median, sampled, shown } from '@cookbook/lab/claim';
import type { Context, Figure, Finding, Judgement } from '@cookbook/lab/claim';
import { measureEventLoopDelay, unlessBusy, watchLoad } from '@cookbook/lab/host';
import { countWrong } from '../../files/proof/corpus.ts';
import type { Corpus } from '../../files/proof/corpus.ts';
import { readLimited, readSync } from '../../files/recipe.ts';
import { openReader } from '../recipe.ts';
import type { Reader } from '../recipe.ts';

const ROUNDS = 3;
/** A stopped loop shows the whole of the reading... */
const STOPPED = 0.85;
/** ...a live one a part of it: the longest turn is the one that starts all the reads. */
const LIVE = 0.33;

const WAYS = ['sync', 'worker', 'limited'] as const;
type Way = (typeof WAYS)[number];
const NAMES: Readonly<Record<Way, string>> = { sync: 'sync', worker: 'sync in a worker', limited: 'limited' };

interface Stop {
  /** Longest time between two turns of the event loop, and the time of the reading, ms. */
  readonly max: number;
  readonly wall: number;
  /** Digests that were not as expected. */
  readonly wrong: number;
}

export type Stops = Readonly<Record<Way, readonly Stop[]>>;

type Read = (files: readonly string[]) => string[] | Promise<string[]>;

/** How each way reads; the reader is the caller's to close. */
export function waysWith(reader: Reader): Readonly<Record<Way, Read>> {
  return {
    sync: (files) => readSync(files, 'digest'),
    worker: (files) => reader.read(files, 'digest'),
    limited: (files) => readLimited(files, 'digest'),
  };
}

/** Reads and hashes all the files in each way, in rounds. */
export async function watchLoop(
  read: Readonly<Record<Way, Read>>,
  { files, expected }: Pick<Corpus, 'files' | 'expected'>,
  rounds: number,
  { signal, screen }: Pick<Context, 'signal' | 'screen'>,
): Promise<Stops> {
  const stops: Record<Way, Stop[]> = { sync: [], worker: [], limited: [] };
  for (const way of WAYS) await read[way](files.slice(0, 500)); // compiled, and the pool's threads started
  for (let round = 0; round < rounds; round++) {
    for (const way of WAYS) {
      signal.throwIfAborted();
      screen.draw(`… files-in-worker: ${NAMES[way]}, round ${round + 1} of ${rounds}`);
      const { result, max, wall } = await measureEventLoopDelay(() => read[way](files));
      stops[way].push({ max, wall, wrong: countWrong(result, expected.digest) });
    }
  }
  return stops;
}

/** The longest stops of the event loop, 'sync-stop' and so on, and as a share of the time, 'sync-share'. */
export async function measureStops(words: string, corpus: Corpus, context: Context): Promise<Finding[]> {
  const reader = openReader();
  try {
    const loadSince = watchLoad();
    const stops = await watchLoop(waysWith(reader), corpus, ROUNDS, context);
    return stopFindings(words, stops, loadSince());
  } finally {
    await reader.close();
  }
}

/** A busy host may stop a live loop. It lets no stopped one turn: that is refuted, however busy it is. */
function judgeShares([stopped, ...live]: readonly Figure[], load: number | undefined): Judgement {
  return allHold([judgeIntervals([stopped!]), unlessBusy(judgeIntervals(live), load)]);
}

/** @param load share of all cores' time that was busy, from 0 to 1 */
export function stopFindings(words: string, stops: Stops, load: number | undefined): Finding[] {
  const shares = WAYS.map((way) => {
    const samples = stops[way].map(({ max, wall }) => max / wall);
    const bound = way === 'sync' ? { least: STOPPED } : { most: LIVE };
    return sampled(`${way}-share`, `longest stop of the event loop / time, ${NAMES[way]}`, samples, 'x', bound);
  });
  const longest = WAYS.map((way) => {
    const samples = stops[way].map(({ max }) => max);
    return sampled(`${way}-stop`, `longest stop of the event loop, ${NAMES[way]}`, samples, 'ms');
  });
  const wrong = WAYS.flatMap((way) => stops[way].map((stop) => stop.wrong)).reduce((sum, one) => sum + one, 0);
  const times = (way: Way): number => median(stops[way].map(({ wall }) => wall));
  return [
    { figures: [...shares, ...longest], judgement: judgeShares(shares, load), words },
    counts('', counted('wrong', 'files skipped or with a wrong digest', wrong, 'files', { most: 0 })),
    shown('', counted('worker-time', 'time, sync in a worker / sync', times('worker') / times('sync'), 'x')),
  ];
}
