// Processes under quotas of CPU time: what they see, and for how long a pool is held back.

import os from 'node:os';
import { runIn, whyNoGroups } from '@cookbook/lab/cgroups';
import { counted, exactly, judgeIntervals, median, shown } from '@cookbook/lab/claim';
import type { Context, Figure, Finding } from '@cookbook/lab/claim';
import { unlessBusy, usableCores, watchLoad } from '@cookbook/lab/host';
import type { Load, Sight } from './quota-child.ts';

const CHILD = new URL('./quota-child.ts', import.meta.url);

/** Why no quota can be set or used up here; undefined where one can. */
export function quotaLack(): string | undefined {
  return (
    whyNoGroups() ?? (usableCores() < 2 ? 'only one core may be used here: a quota of one changes nothing' : undefined)
  );
}

export interface Quotas {
  readonly cpus: Figure;
  readonly available: Figure[];
  readonly parallelism: Finding;
  readonly pools: Finding[];
}

export async function measureQuotas({ signal }: Pick<Context, 'signal'>): Promise<Quotas> {
  const [half, one, more] = await Promise.all([0.5, 1, 1.5].map((quota) => see(quota, signal)));
  return {
    cpus: counted('cpus', 'quota of 1: os.cpus()', one!.cpus, 'cores', exactly(os.cpus().length)),
    available: [
      counted('available', 'quota of 1: availableCpus()', one!.available, 'CPU', exactly(1)),
      counted('available-half', 'quota of 0.5: availableCpus()', half!.available, 'CPU', exactly(1)),
      counted('available-more', 'quota of 1.5: availableCpus()', more!.available, 'CPUs', exactly(2)),
      counted('quota-half', 'quota of 0.5: cpuQuota()', half!.quota, 'CPUs', exactly(0.5)),
      counted('quota-more', 'quota of 1.5: cpuQuota()', more!.quota, 'CPUs', exactly(1.5)),
    ],
    parallelism: shown(
      'os.availableParallelism() counted {parallelism}.',
      counted('parallelism', 'quota of 1: os.availableParallelism()', one!.parallelism, 'cores'),
    ),
    pools: await comparePools(signal),
  };
}

/** A quota that the host's cores use up: only where they are free for it. */
async function comparePools(signal: AbortSignal): Promise<Finding[]> {
  const load = watchLoad();
  const large = (await run(1, ['host'], signal)) as Load;
  const right = (await run(1, ['quota'], signal)) as Load;
  const figures = [
    counted('throttled', `a pool of ${large.workers}: time held back`, share(large), '%', { least: 30 }),
    counted('throttled-right', `a pool of ${right.workers}: time held back`, share(right), '%', { most: 15 }),
  ];
  return [
    {
      figures,
      judgement: unlessBusy(judgeIntervals(figures), load()),
      words: `A pool of ${large.workers} was held back for {throttled} of its time, one of ${right.workers} for {throttled-right}.`,
    },
    shown(
      'Its slowest task took {slowest} the median, that of the smaller pool {slowest-right}.',
      counted('slowest', `a pool of ${large.workers}: slowest task / median`, slowest(large), 'x'),
      counted('slowest-right', `a pool of ${right.workers}: slowest task / median`, slowest(right), 'x'),
    ),
  ];
}

/** Of all the time of its workers. */
function share({ workers, wall, throttled }: Load): number {
  return Math.round((100 * throttled) / (workers * wall));
}

function slowest({ times }: Load): number {
  return Math.max(...times) / median(times);
}

export async function see(quota: number, signal: AbortSignal): Promise<Sight> {
  return (await run(quota, [], signal)) as Sight;
}

async function run(quota: number, args: readonly string[], signal: AbortSignal): Promise<unknown> {
  const { status, stdout, stderr } = await runIn(
    { name: `a quota of ${quota}`, quota, first: true },
    CHILD,
    args,
    signal,
  );
  if (status !== 0) throw new Error(`Expected status 0 under a quota of ${quota}, got ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
