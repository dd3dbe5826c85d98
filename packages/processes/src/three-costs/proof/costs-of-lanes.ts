// The three costs: to start a lane, a message and its answer, and the work itself.

import { formatNumber, intervals, sampled, shown } from '@cookbook/lab/claim';
import type { Context, Figure, Finding } from '@cookbook/lab/claim';
import { table } from '@cookbook/lab/show';
import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../../cpu-scaling/recipe.ts';
import { KINDS } from '../../footprint/recipe.ts';
import type { Kind } from '../../footprint/recipe.ts';
import noop from '../../proof/noop-task.ts';
import { openWorkLanes } from './mechanisms.ts';
import { measureRun, messageTimes, runTrials, startTimes, tasksOf } from './undisturbed-time.ts';

const EMPTY = new URL('../../proof/noop-task.ts', import.meta.url);
const STARTS = 4;
const MESSAGES = 200;
/** Work that is timed by lanes and inline, ms. */
export const COMPUTE_MS = 60;

/** Figures of the costs; those of a start and of a message are of each kind. */
export interface Costs {
  readonly starts: Readonly<Record<Kind, Figure>>;
  readonly messages: Readonly<Record<Kind, Figure>>;
  readonly compute: Readonly<Record<'thread' | 'process', Figure>>;
}

/** @param piecesPerMs pieces of work in a millisecond */
export async function measureCosts(piecesPerMs: number, context: Context): Promise<Costs> {
  return {
    starts: await ofEach(async (kind) =>
      sampled(`start-${slug(kind)}`, `start, ${kind}`, await startTimes(kind, STARTS, context), 'ms'),
    ),
    messages: await ofEach(messageFigure),
    compute: {
      thread: await computeFigure('thread', Math.round(COMPUTE_MS * piecesPerMs), context),
      process: await computeFigure('process', Math.round(COMPUTE_MS * piecesPerMs), context),
    },
  };
}

async function ofEach(measure: (kind: Kind) => Promise<Figure>): Promise<Record<Kind, Figure>> {
  return {
    thread: await measure('thread'),
    process: await measure('process'),
    'async task': await measure('async task'),
  };
}

/** To start a thread costs at least 50 async tasks; to compute costs the same everywhere. */
export function judgedCosts({ starts, messages, compute }: Costs): Finding[] {
  const [thread, task] = [starts.thread, starts['async task']];
  const ratio: Figure = {
    key: 'start-thread-to-task',
    name: 'start: thread / async task',
    // As wide as the two intervals allow.
    median: thread.median / task.median,
    low: thread.low / task.high,
    high: thread.high / task.low,
    unit: 'x',
    bound: { least: 50 },
  };
  return [
    intervals('', ratio),
    intervals('', ...Object.values(compute)),
    shown('', ...Object.values(starts), ...Object.values(messages)),
  ];
}

/** us for a message to a lane of that kind and its answer. */
async function messageFigure(kind: Kind): Promise<Figure> {
  const lane =
    kind === 'thread'
      ? openThreads<object, object>(EMPTY, 1)
      : kind === 'process'
        ? openProcesses<object, object>(EMPTY, 1)
        : { run: async () => noop(), close: async () => {} };
  try {
    const times = await messageTimes(() => lane.run([{}]), MESSAGES, 7);
    return sampled(
      `message-${slug(kind)}`,
      `message and answer, ${kind}`,
      times.map((ms) => ms * 1_000),
      'us',
    );
  } finally {
    await lane.close();
  }
}

/** The time of the same work, its waits for a core left out, by a kept lane and inline, one after the other. */
async function computeFigure(kind: 'thread' | 'process', pieces: number, { signal }: Context): Promise<Figure> {
  const lane = openWorkLanes(`kept ${kind}`, 1);
  try {
    const task = tasksOf(1, pieces);
    await lane.run(task);
    const trials = await runTrials(6, lane, (by) => measureRun(by, task), signal);
    const shares = trials.map((trial) => trial.lanes.work / trial.inline.work);
    const name = `time of the same work alone: kept ${kind} / inline`;
    return sampled(`work-${kind}`, name, shares, 'x', { least: 0.5, most: 2 });
  } finally {
    await lane.close();
  }
}

function slug(kind: Kind): string {
  return kind.replace(' ', '-');
}

/** The three costs of each kind, as a table. */
export function drawCosts({ starts, messages, compute }: Costs): string {
  const rows = KINDS.map((kind) => ({
    '': kind,
    'start, ms': formatNumber(starts[kind].median),
    'message, us': formatNumber(messages[kind].median),
    'work / inline': formatNumber(kind === 'async task' ? 1 : compute[kind].median),
  }));
  return table(rows, ['start, ms', 'message, us', 'work / inline']);
}
