import { allHold, defineClaim } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure, Judgement } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { medianInterval, sampled } from '@cookbook/lab/interval';
import { judgeIntervals } from '@cookbook/lab/interval-verdict';
import { table } from '@cookbook/lab/terminal';
import { formatNumber } from '@cookbook/lab/wording';
import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../cpu-scaling/recipe.ts';
import { KINDS } from '../footprint/recipe.ts';
import type { Kind } from '../footprint/recipe.ts';
import { measureRun, messageTimes, piecesPerMs, runTrials, startTimes, tasksOf } from './measure.ts';
import type { Run, Trial } from './measure.ts';
import noop from '../pool/noop-task.ts';
import { breakEven, MECHANISMS, openWay } from './recipe.ts';
import type { Mechanism, Way } from './recipe.ts';

const NOOP = new URL('../pool/noop-task.ts', import.meta.url);
const STARTS = 4;
const MESSAGES = 200;
const COMPUTE_MS = 60;
/**
 * Tasks are tried this far below and above the break-even: on two lanes 1.75 and 0.7 times the time inline, for the short
 * ones of kept lanes 3 and 0.55 times.
 */
const FACTORS = { fresh: { below: 2.5, above: 2.5 }, kept: { below: 5, above: 10 } };
const TRIALS = { fresh: 3, kept: 7 };
/** A kept lane's tasks are so short that the median of several is taken. */
const RUNS_OF_KEPT = 25;

/** Work side by side that takes so much more time than alone shares the core: then a gain is not to be had. */
const INFLATION = 1.15;
/** Lanes that waited for so much of the time had neighbours. */
const WAITING = 0.2;

interface Check {
  readonly mechanism: Mechanism;
  readonly below: Figure;
  readonly above: Figure;
  readonly trialsAbove: readonly Trial[];
}

interface CostEvidence extends Evidence {
  readonly checks: readonly Check[];
  readonly judged: readonly Figure[];
}

export default defineClaim<CostEvidence>({
  id: 'processes/three-costs',
  says: 'Threads and processes make CPU-bound work faster.',
  from: ['ours'],
  answer:
    'Only above a certain size of task, which this measures and tries: well below it a thread or a process takes longer than plain code, well above it gains.',
  needs: [() => (usableCores() < 2 ? 'expected 2 cores, this process may use 1: no size of task gains' : undefined)],

  async measure(context: Context) {
    const lanes = Math.min(usableCores(), 8);
    const perMs = piecesPerMs();
    const starts = new Map<Kind, Figure>();
    for (const kind of KINDS) {
      starts.set(kind, sampled(`start, ${kind}`, await startTimes(kind, STARTS, context), 'ms'));
    }
    const messages: Figure[] = [];
    const compute: Figure[] = [];
    const evens: Figure[] = [];
    const checks: Check[] = [];
    for (const mechanism of MECHANISMS) {
      context.signal.throwIfAborted();
      const way = openWay(mechanism, lanes);
      try {
        if (way.kept) compute.push(await computeFigure(mechanism, way, Math.round(COMPUTE_MS * perMs), context));
        const even = (await overheads(way, lanes)).map((ms) => breakEven(ms, lanes));
        evens.push(sampled(`break-even, ${mechanism}: ms of work a task`, even, 'ms'));
        checks.push(await check(mechanism, way, lanes, medianInterval(even).median * perMs, context));
      } finally {
        await way.close();
      }
    }
    for (const kind of KINDS) messages.push(await messageFigure(kind));
    const thread = starts.get('thread')!;
    const judged = [
      {
        ...thread,
        name: 'start: thread / async task',
        ...ratio(thread, starts.get('async task')!),
        unit: 'x',
        bound: { least: 10 },
      },
      ...compute,
    ];
    const even = (mechanism: Mechanism): string => formatNumber(evens[MECHANISMS.indexOf(mechanism)]!.median);
    return {
      checks,
      judged,
      headline: `here, ${lanes} at once: start no process for less than ${even('fresh process')} ms of work a task, no thread for less than ${even('fresh thread')} ms; kept ones gain from ${even('kept process')} ms (process) and ${even('kept thread')} ms (thread) on`,
      figures: [
        ...judged,
        ...checks.flatMap(({ below, above }) => [below, above]),
        ...evens,
        ...starts.values(),
        ...messages,
      ],
      notes: [
        `${lanes} tasks at once against the same tasks inline. Work of ${COMPUTE_MS} ms, waits for a core left out; no compile cache.`,
        `\n${drawCosts(starts, messages, compute)}`,
      ],
    };
  },

  judge: ({ checks, judged }) =>
    allHold([judgeIntervals(judged), judgeIntervals(checks.map(({ below }) => below)), ...checks.map(judgeGain)]),
});

/** A gain needs cores that are not one and the same: where they share, its absence says nothing. */
export function judgeGain({ above, trialsAbove }: Pick<Check, 'above' | 'trialsAbove'>): Judgement {
  const judgement = judgeIntervals([above]);
  const inflation = medianInterval(trialsAbove.map(({ lanes, inline }) => lanes.work / inline.work)).median;
  const waiting = medianInterval(trialsAbove.map(({ lanes: { wall, time } }) => 1 - time / wall)).median;
  if (judgement.verdict === 'holds' || (inflation <= INFLATION && waiting <= WAITING)) return judgement;
  const why =
    waiting > WAITING
      ? `other programs had the cores for ${Math.round(waiting * 100)} % of the time`
      : `work side by side took ${inflation.toFixed(2)}x its time alone`;
  const apart = above.high / inflation;
  if (waiting <= WAITING && apart < 1) {
    return {
      verdict: 'holds',
      qualifier: 'restricted',
      reason: `${why}; on cores of their own at most ${apart.toFixed(2)}x`,
    };
  }
  return { verdict: 'inconclusive', qualifier: 'contended', reason: `${judgement.reason}: ${why}` };
}

async function check(
  mechanism: Mechanism,
  way: Way,
  lanes: number,
  pieces: number,
  { signal }: Context,
): Promise<Check> {
  const far = way.kept ? FACTORS.kept : FACTORS.fresh;
  const trials = (factor: number): Promise<Trial[]> => {
    const tasks = tasksOf(lanes, Math.max(1, Math.round(pieces * factor)));
    const measure = (by: Way): Promise<Run> => measureRun(by, tasks, way.kept ? RUNS_OF_KEPT : 1);
    return runTrials(way.kept ? TRIALS.kept : TRIALS.fresh, way, measure, signal);
  };
  const below = await trials(1 / far.below);
  const above = await trials(far.above);
  return {
    mechanism,
    below: sampled(`time by ${mechanism} / inline, at 1/${far.below} of the break-even`, ratios(below), 'x', {
      least: 1,
    }),
    above: sampled(`time by ${mechanism} / inline, at ${far.above} times the break-even`, ratios(above), 'x', {
      most: 1,
    }),
    trialsAbove: above,
  };
}

function ratios(trials: readonly Trial[]): number[] {
  return trials.map(({ lanes, inline }) => lanes.time / inline.time);
}

/** ms that as many empty tasks as lanes take. */
async function overheads(way: Way, lanes: number): Promise<number[]> {
  const empty = tasksOf(lanes, 0);
  const times: number[] = [];
  if (way.kept) await measureRun(way, empty, RUNS_OF_KEPT); // warms up
  for (let round = 0; round < STARTS; round++) {
    const { time } = await measureRun(way, empty, way.kept ? RUNS_OF_KEPT : 1);
    times.push(time);
  }
  return times;
}

async function messageFigure(kind: Kind): Promise<Figure> {
  const lane =
    kind === 'thread'
      ? openThreads<object, unknown>(NOOP, 1)
      : kind === 'process'
        ? openProcesses<object, unknown>(NOOP, 1)
        : { run: async () => noop(), close: async () => {} };
  try {
    const times = await messageTimes(() => lane.run([{}]), MESSAGES, 7);
    return sampled(
      `message and answer, ${kind}`,
      times.map((ms) => ms * 1_000),
      'us',
    );
  } finally {
    await lane.close();
  }
}

/** The time of the same work, its waits for a core left out, by a kept lane and inline, one after the other. */
async function computeFigure(mechanism: Mechanism, way: Way, pieces: number, { signal }: Context): Promise<Figure> {
  const task = tasksOf(1, pieces);
  await way.run(task);
  const trials = await runTrials(6, way, (by) => measureRun(by, task), signal);
  const shares = trials.map(({ lanes, inline }) => lanes.work / inline.work);
  return sampled(`time of the same work alone: ${mechanism} / inline`, shares, 'x', { least: 0.5, most: 2 });
}

/** The ratio of two figures, as wide as their intervals allow. */
function ratio(a: Figure, b: Figure): Pick<Figure, 'median' | 'low' | 'high'> {
  return { median: a.median / b.median, low: a.low / b.high, high: a.high / b.low };
}

function drawCosts(starts: ReadonlyMap<Kind, Figure>, messages: readonly Figure[], compute: readonly Figure[]): string {
  const rows = KINDS.map((kind) => ({
    '': kind,
    'start, ms': formatNumber(starts.get(kind)!.median),
    'message, us': formatNumber(messages.find(({ name }) => name.endsWith(kind))!.median),
    'work / inline': formatNumber(compute.find(({ name }) => name.includes(`kept ${kind}`))?.median ?? 1),
  }));
  return table(rows, ['start, ms', 'message, us', 'work / inline']);
}
