// The processes of this recipe. They end with their parent; those that are to outlive it do so for no more than 2 s.

import { fork } from 'node:child_process';
import { endWithParent } from '@cookbook/lab/cleanup';

/**
 * loop: computes without end. deaf: the same, with a handler for SIGTERM. idle: waits for something else than its parent.
 * listening: the same, and ends when the channel to its parent closes. parent: has a child in the role that follows.
 */
export type Role = 'loop' | 'deaf' | 'idle' | 'listening' | 'parent';

const LIFETIME_MS = 2_000;

const [role, ...rest] = process.argv.slice(2) as [Role, ...string[]];
const bound = role === 'parent' || !rest.includes('no lifeline');
if (bound) endWithParent();

if (role === 'parent') {
  const child = fork(import.meta.filename, rest, { execArgv: [], stdio: ['pipe', 'ignore', 'ignore', 'ipc'] });
  child.on('message', (pid) => process.send!(pid));
  child.on('exit', () => process.exit());
} else {
  if (role === 'deaf') process.on('SIGTERM', () => console.log('never said: the loop never turns'));
  if (role === 'listening') process.on('disconnect', () => process.exit());
  process.send!(process.pid, () => {
    const end = performance.now() + (bound ? Infinity : LIFETIME_MS);
    if (role === 'loop' || role === 'deaf') while (performance.now() < end);
    setTimeout(() => process.exit(), LIFETIME_MS);
  });
}
