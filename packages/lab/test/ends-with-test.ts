// What a test starts ends with it: when it passes, fails or takes too long, and when the test process itself is killed.

import { fork } from 'node:child_process';
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** Flags of Node with which a program ends when its stdin closes: for one that is started with a pipe as its stdin. */
export const TIED: readonly string[] = ['--import', new URL('./lifeline-preload.ts', import.meta.url).href];

/** How a test says what is to be done at its end. Tests that run at the same time give the one of their context. */
export type AtEnd = (work: () => Promise<void>) => void;

/**
 * Kills a process at the end of the test that started it, however that comes out; one that was started `detached`, together
 * with its group.
 */
export function endWithTest<C extends ChildProcess>(
  child: C,
  { group = false, atEnd = onTestFinished }: { readonly group?: boolean; readonly atEnd?: AtEnd } = {},
): C {
  const exited = once(child, 'exit').catch(() => {}); // it did not start
  atEnd(async () => {
    if (child.pid === undefined) return;
    if (group && process.platform !== 'win32') killGroup(child.pid);
    else child.kill('SIGKILL');
    await exited;
  });
  return child;
}

/** Forks a program that ends with the test, and with the test process. */
export function forkForTest(module: URL, args: readonly string[] = [], options: ForkOptions = {}): ChildProcess {
  const stdio = ['pipe', 'inherit', 'inherit', 'ipc'] as const;
  return endWithTest(fork(module, args, { execArgv: [...TIED], stdio: [...stdio], ...options }));
}

/** Also what is left of a group whose leader has ended. */
function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
