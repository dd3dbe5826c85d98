// Which processes outlive a parent that is killed, looked at from outside.

import { setTimeout as sleep } from 'node:timers/promises';
import { goneAfter, isAlive } from '@cookbook/lab/host';
import { kill, killGroup, start } from './recipe.ts';
import type { Role } from './child.ts';

export interface Kind {
  readonly name: string;
  readonly role: Role;
  /** Whether a thread of the child listens for the end of its parent. */
  readonly lifeline: boolean;
  /** Whether the whole group is killed, and not the parent alone. */
  readonly group: boolean;
  /** Whether it is to be left behind. */
  readonly orphan: boolean;
}

export const KINDS: readonly Kind[] = [
  { name: 'waits for something else', role: 'idle', lifeline: false, group: false, orphan: true },
  { name: 'waits, listens for disconnect', role: 'listening', lifeline: false, group: false, orphan: false },
  { name: 'computes', role: 'loop', lifeline: false, group: false, orphan: true },
  { name: 'computes, has a lifeline', role: 'loop', lifeline: true, group: false, orphan: false },
  ...(process.platform === 'win32'
    ? []
    : [{ name: 'computes, its group is killed', role: 'loop', lifeline: false, group: true, orphan: false } as const]),
];

/** How long a process that is to be left behind is looked at, ms, and how long one is waited for that is to go. */
const LOOK_MS = 150;
const PATIENCE_MS = 5_000;

/** Kills the parent of such a child by SIGKILL. Returns whether the child was left behind; then it is ended here. */
export async function leavesOrphan({ role, lifeline, group, orphan }: Kind): Promise<boolean> {
  const { child: parent, pid } = await start('parent', lifeline ? [role] : [role, 'no lifeline'], { detached: group });
  await sleep(LOOK_MS); // its lifeline is a thread, which takes a moment to start
  if (!isAlive(pid)) throw new Error(`Expected process ${pid} to be alive until its parent is killed`);
  await (group ? killGroup(parent) : kill(parent));
  if (orphan) await sleep(LOOK_MS);
  const left = orphan ? isAlive(pid) : (await goneAfter(pid, PATIENCE_MS)) === undefined;
  if (left) {
    process.kill(pid, 'SIGKILL');
    await goneAfter(pid, PATIENCE_MS);
  }
  return left;
}
