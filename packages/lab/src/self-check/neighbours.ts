// Neighbours: processes that take cores, each kind in its way, for as long as this process lives and no longer.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { now } from '../task/clock.ts';

/** What a neighbour does; each is a process of its own. */
export const KINDS = ['busy', 'bursts', 'out-of-step', 'niced', 'many-processes', 'io'] as const;
export type Kind = (typeof KINDS)[number];

/** What `neighbour-child.ts` is told. */
export interface NeighbourPlan {
  readonly kind: Kind;
  readonly seed: number;
  /** By `now()`, ms: bursts in step are counted from here. */
  readonly start: number;
}

/** Long enough to end what a neighbour started, ms; after that it is killed. */
const GRACE = 2_000;

/** Starts so many neighbours, with `mixed` one of each kind by turns; they are running when this resolves. */
export async function startNeighbours(
  count: number,
  kind: Kind | 'mixed' = 'busy',
): Promise<{ readonly pids: readonly number[]; stop(): Promise<void> }> {
  const url = new URL('./neighbour-child.ts', import.meta.url);
  const start = now();
  const children = Array.from({ length: count }, (_, index) => {
    const own = kind === 'mixed' ? KINDS[index % KINDS.length]! : kind;
    const plan: NeighbourPlan = { kind: own, seed: own === 'bursts' ? 1 : index + 1, start };
    return fork(url, [JSON.stringify(plan)], { execArgv: [] });
  });
  await Promise.all(children.map((child) => once(child, 'message')));
  return {
    pids: children.map((child) => child.pid!),
    async stop() {
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.disconnect();
          const late = setTimeout(() => child.kill('SIGKILL'), GRACE);
          await gone;
          clearTimeout(late);
        }),
      );
    },
  };
}
