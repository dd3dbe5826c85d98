import { allHold, defineClaim, formatNumber, judgeIntervals, medianInterval, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { KINDS } from '../footprint/recipe.ts';
import type { Kind } from '../footprint/recipe.ts';
import { check, judgeGain } from './check.ts';
import type { Check } from './check.ts';
import { computeFigure, drawCosts, messageFigure, overheads } from './costs.ts';
import { piecesPerMs, startTimes } from './measure.ts';
import { breakEven, MECHANISMS, openWay } from './recipe.ts';
import type { Mechanism } from './recipe.ts';

const STARTS = 4;
const COMPUTE_MS = 60;

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

/** The ratio of two figures, as wide as their intervals allow. */
function ratio(a: Figure, b: Figure): Pick<Figure, 'median' | 'low' | 'high'> {
  return { median: a.median / b.median, low: a.low / b.high, high: a.high / b.low };
}
