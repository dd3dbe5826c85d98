import { defineClaim, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { measureEventLoopDelay } from '@cookbook/lab/host';
import { calibrate } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import { startClock } from './proof/clock.ts';
import { inline, inSlices, inWorker } from './recipe.ts';

const JOB_MS = 200;
const ROUNDS = 3;

/** A frozen loop shows the whole of the job... */
const FROZEN = 0.9;
/** ...a live one a small part of it, even where neighbours keep this thread from its core for a while. */
const LIVE = 0.4;

interface Seen {
  /** Longest time between two turns of the loop, ms. */
  readonly max: number;
  /** The same as a share of the time that the work took. */
  readonly share: number;
  readonly ticks: number;
}

const WAYS = { inline, 'in a worker': inWorker, 'in slices': inSlices };
type Way = keyof typeof WAYS;

export default defineClaim<Evidence>({
  id: 'threads/responsiveness',
  says: 'Threads keep a user interface responsive.',
  from: ['MM', 'QA'],
  answer:
    'A computation inline stops the event loop for all of its time; in a worker, or in slices, for less than 0.4 of it.',

  async measure(context: Context) {
    const unit = calibrate('primes', JOB_MS);
    const seen: Record<Way, Seen[]> = { inline: [], 'in a worker': [], 'in slices': [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of Object.keys(WAYS) as Way[]) {
        context.signal.throwIfAborted();
        seen[way].push(await watch(way, unit, context));
      }
    }
    const all = Object.entries(seen).flatMap(([way, samples]) => figuresOf(way as Way, samples));
    const headline = Object.entries(seen)
      .map(([way, samples]) => `${way} ${sampled('', maxima(samples), 'ms').median.toFixed(0)} ms`)
      .join(', ');
    return {
      headline: `longest stop of the event loop: ${headline}`,
      figures: all,
      notes: [`${ROUNDS} rounds of a computation of about ${JOB_MS} ms; a clock ticks every 25 ms meanwhile.`],
    };
  },

  judge: ({ figures }) => judgeIntervals(figures),
});

/** Runs the job with a clock beside it, the picture on the screen. */
async function watch(way: Way, unit: Unit, { screen }: Context): Promise<Seen> {
  const clock = startClock((picture) => screen.draw(`… responsiveness, ${way}\n  ${picture}`));
  try {
    const {
      max,
      wall,
      result: ticks,
    } = await measureEventLoopDelay(async () => {
      const before = clock.ticks;
      await WAYS[way](unit);
      return clock.ticks - before;
    });
    return { max, share: max / wall, ticks };
  } finally {
    clock.stop();
  }
}

function maxima(samples: readonly Seen[]): number[] {
  return samples.map(({ max }) => max);
}

function figuresOf(way: Way, samples: readonly Seen[]): Figure[] {
  const frozen = way === 'inline';
  const shares = samples.map(({ share }) => share);
  const ticks = samples.map((sample) => sample.ticks);
  return [
    sampled(
      `longest stop of the event loop / time of the work, ${way}`,
      shares,
      'x',
      frozen ? { least: FROZEN } : { most: LIVE },
    ),
    sampled(`longest stop of the event loop, ${way}`, maxima(samples), 'ms'),
    sampled(`ticks of the clock during the work, ${way}`, ticks, 'ticks', frozen ? { most: 0 } : { least: 1 }),
  ];
}
