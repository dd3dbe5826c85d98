// A program that is PID 1 of a namespace, or the child of an init. Takes lines from stdin and answers each by one:
//
//   orphans MS   starts programs whose parents end, waits for the end of all of them, gives PID 1 so many ms to take note of
//                that, and answers how many stay as zombies
//   anything     is answered by this process's pid
//
// Ends when its stdin does.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOnSignals } from '../recipe.ts';

export type Role = 'plain' | 'handler';

const ORPHANS = 3;
/** s that an orphan lives, and ms within which all of them have ended. */
const LIFE = '0.05';
const LIMIT_MS = 10_000;

const [role] = process.argv.slice(2) as [Role];
if (role === 'handler') endOnSignals(() => console.log('stopped'));

const lines = createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  const [word, ms] = line.split(' ');
  console.log(word === 'orphans' ? await countZombies(Number(ms)) : process.pid);
});
lines.on('close', () => process.exit());

/** The shells end at once, and Node.js takes note of these; what they started goes to PID 1. */
async function countZombies(patience: number): Promise<number> {
  const shells = Array.from({ length: ORPHANS }, () =>
    spawn('/bin/sh', ['-c', `sleep ${LIFE} & exit 0`], { stdio: 'ignore' }),
  );
  await Promise.all(shells.map((shell) => once(shell, 'exit')));
  await zeroWithin(LIMIT_MS, () => countSleeping('alive'));
  return zeroWithin(patience, () => countSleeping('zombie'));
}

/** The count, once it is 0 or the ms are over. */
async function zeroWithin(limit: number, count: () => number): Promise<number> {
  for (const end = performance.now() + limit; count() > 0 && performance.now() < end;) await sleep(10);
  return count();
}

/** Programs `sleep` of this namespace: a zombie has no command line any more, but its name. */
function countSleeping(state: 'alive' | 'zombie'): number {
  const stats = readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/stat`, 'latin1')] : [];
    } catch {
      return []; // it has ended meanwhile
    }
  });
  const states = stats.flatMap((stat) => /^\d+ \(sleep\) (\w)/.exec(stat)?.[1] ?? []);
  return states.filter((letter) => (letter === 'Z' || letter === 'X') === (state === 'zombie')).length;
}
