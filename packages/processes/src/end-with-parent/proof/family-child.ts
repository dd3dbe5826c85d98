// The processes that this proof kills: a parent with one child, and that child. The parent ends with the measurement; a
// child that does not end with its parent ends by itself, 2 s after its start.

import { fork } from 'node:child_process';
import { endWithParent } from '../recipe.ts';

/**
 * computes: runs a loop without end. waits: keeps its event loop busy with something else than its parent. listens: the
 * same, and ends when the channel to its parent closes.
 */
export type Role = 'computes' | 'waits' | 'listens';

const LIFETIME_MS = 2_000;

const [generation, role, tie] = process.argv.slice(2) as ['parent' | 'child', Role, 'tied' | 'free'];
if (generation === 'parent' || tie === 'tied') endWithParent();

if (generation === 'parent') {
  const stdio = ['pipe', 'ignore', 'ignore', 'ipc'] as const;
  const child = fork(import.meta.filename, ['child', role, tie], { execArgv: [], stdio: [...stdio] });
  child.on('message', (pid) => process.send!(pid));
  child.on('exit', () => process.exit());
} else {
  if (role === 'listens') process.on('disconnect', () => process.exit());
  process.send!(process.pid, () => {
    const end = performance.now() + (tie === 'tied' ? Infinity : LIFETIME_MS);
    if (role === 'computes') while (performance.now() < end);
    setTimeout(() => process.exit(), LIFETIME_MS);
  });
}
