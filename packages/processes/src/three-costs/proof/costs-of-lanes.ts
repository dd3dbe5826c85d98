// The three costs, each as a figure: what tasks take beyond their work, a message and its answer, and the work itself.

import { formatNumber, sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { table } from '@cookbook/lab/show';
import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../cpu-scaling/recipe.ts';
import { KINDS } from '../footprint/recipe.ts';
import type { Kind } from '../footprint/recipe.ts';
import noop from '../proof/noop-task.ts';
import { measureRun, messageTimes, RUNS_OF_KEPT, runTrials, tasksOf } from './measure.ts';
import type { Mechanism, Way } from './recipe.ts';

const NOOP = new URL('../proof/noop-task.ts', import.meta.url);
const ROUNDS = 4;
const MESSAGES = 200;

/** ms that as many empty tasks as lanes take. */
export async function overheads(way: Way, lanes: number): Promise<number[]> {
  const empty = tasksOf(lanes, 0);
  const times: number[] = [];
  if (way.kept) await measureRun(way, empty, RUNS_OF_KEPT); // warms up
  for (let round = 0; round < ROUNDS; round++) {
    const { time } = await measureRun(way, empty, way.kept ? RUNS_OF_KEPT : 1);
    times.push(time);
  }
  return times;
}

/** us for a message to a lane of that kind and its answer. */
export async function messageFigure(kind: Kind): Promise<Figure> {
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
export async function computeFigure(
  mechanism: Mechanism,
  way: Way,
  pieces: number,
  { signal }: Context,
): Promise<Figure> {
  const task = tasksOf(1, pieces);
  await way.run(task);
  const trials = await runTrials(6, way, (by) => measureRun(by, task), signal);
  const shares = trials.map(({ lanes, inline }) => lanes.work / inline.work);
  return sampled(`time of the same work alone: ${mechanism} / inline`, shares, 'x', { least: 0.5, most: 2 });
}

/** The three costs of each kind, as a table. */
export function drawCosts(
  starts: ReadonlyMap<Kind, Figure>,
  messages: readonly Figure[],
  compute: readonly Figure[],
): string {
  const rows = KINDS.map((kind) => ({
    '': kind,
    'start, ms': formatNumber(starts.get(kind)!.median),
    'message, us': formatNumber(messages.find(({ name }) => name.endsWith(kind))!.median),
    'work / inline': formatNumber(compute.find(({ name }) => name.includes(`kept ${kind}`))?.median ?? 1),
  }));
  return table(rows, ['start, ms', 'message, us', 'work / inline']);
}
