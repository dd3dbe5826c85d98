// Which children outlive a parent that is killed, observed from outside.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { counted, exactly, sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { goneAfter, isAlive } from '@cookbook/lab/host';
import type { Role } from './family-child.ts';

export interface Kind {
  readonly name: string;
  readonly role: Role;
  /** Whether the child calls `endWithParent`. */
  readonly tied: boolean;
  /** Whether the whole process group is killed, and not the parent alone. */
  readonly group: boolean;
  /** Whether the child is expected to outlive its parent. */
  readonly outlives: boolean;
}

export const KINDS = {
  computes: { name: 'computes', role: 'computes', tied: false, group: false, outlives: true },
  waits: { name: 'waits', role: 'waits', tied: false, group: false, outlives: true },
  tied: { name: 'computes, with endWithParent', role: 'computes', tied: true, group: false, outlives: false },
  listens: {
    name: 'waits, with a listener for disconnect',
    role: 'listens',
    tied: false,
    group: false,
    outlives: false,
  },
  group: { name: 'computes, its group is killed', role: 'computes', tied: false, group: true, outlives: false },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** Windows has no process groups. */
export const KIND_NAMES = (Object.keys(KINDS) as KindName[]).filter(
  (name) => name !== 'group' || process.platform !== 'win32',
);

const ROUNDS = 3;
/** How long a child that is expected to outlive its parent is watched, and how long one that is not is waited for, ms. */
const WATCH_MS = 150;
const LIMIT_MS = 5_000;

/** For each child the ms from the end of its parent to its own; Infinity where it outlived it. */
export type Orphans = ReadonlyMap<KindName, readonly number[]>;

/** Kills the parents of all kinds of children, three times over. */
export async function killParents({ signal }: Pick<Context, 'signal'>): Promise<Orphans> {
  const seen = new Map(KIND_NAMES.map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    signal.throwIfAborted();
    await Promise.all([...seen].map(async ([name, times]) => times.push(await killParent(KINDS[name]))));
  }
  return seen;
}

/** Kills the parent of one such child by SIGKILL, and ends the child if it is left. */
export async function killParent({ role, tied, group, outlives }: Kind): Promise<number> {
  const { parent, child } = await startFamily(role, { tied, group });
  await sleep(WATCH_MS); // the thread of endWithParent takes a moment to start
  if (!isAlive(child)) throw new Error(`Expected process ${child} to be alive until its parent is killed`);
  const ended = once(parent, 'exit');
  if (group) process.kill(-parent.pid!, 'SIGKILL');
  else parent.kill('SIGKILL');
  await ended;
  const time = await goneAfter(child, outlives ? WATCH_MS : LIMIT_MS);
  if (time !== undefined) return time;
  process.kill(child, 'SIGKILL');
  await goneAfter(child, LIMIT_MS);
  return Infinity;
}

/** Starts a parent with one child; resolves with the child's pid once that runs. */
export async function startFamily(
  role: Role,
  { tied, group }: { readonly tied: boolean; readonly group: boolean },
): Promise<{ parent: ChildProcess; child: number }> {
  const parent = fork(new URL('./family-child.ts', import.meta.url), ['parent', role, tied ? 'tied' : 'free'], {
    execArgv: [],
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    detached: group,
  });
  const [child] = (await once(parent, 'message')) as [number];
  return { parent, child };
}

/** How many children of a kind outlived their parents. */
export function outlived(orphans: Orphans, name: KindName): Figure[] {
  const times = orphans.get(name);
  if (times === undefined) return [];
  const left = times.filter((time) => time === Infinity).length;
  const bound = KINDS[name].outlives ? exactly(ROUNDS) : { most: 0 };
  return [
    counted(
      `outlived-${name}`,
      `outlived its killed parent: a child that ${KINDS[name].name}`,
      left,
      'children',
      bound,
    ),
  ];
}

/** ms from the end of the parent to that of a child that calls `endWithParent`. */
export function timeToEnd(orphans: Orphans, most: number): Figure {
  const times = orphans.get('tied')!.map((time) => Math.min(time, LIMIT_MS));
  return sampled('time-to-end', 'time from the end of the parent to that of its child', times, 'ms', { most });
}
