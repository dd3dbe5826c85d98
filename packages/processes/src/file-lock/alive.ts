// Whether a process is still there.

import { readFileSync } from 'node:fs';

/** Whether a process is running. One that has ended and waits for its parent to take note (a zombie) is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it is there, and not ours
  }
  return !isZombie(pid);
}

/** Linux has it in the field behind the name, which stands in brackets and may hold any character. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return 'ZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'; // ended while we read
  }
}
