// What a runner does when it is asked to, and how it is started.

import { startProcess, startThread } from '../recipe.ts';
import type { Runner } from '../recipe.ts';

/** The old generation of a runner's heap, MiB: small, so that it is soon exhausted. */
const HEAP_MIB = 16;

export const CRASHES = ['uncaught error', 'abort()', 'out of memory', 'fatal signal'] as const;
export type Crash = (typeof CRASHES)[number];
export type Command = Crash | 'count';

/** Windows has no SIGABRT. */
const FATAL = process.platform === 'win32' ? 'SIGKILL' : 'SIGABRT';

declare global {
  var counter: number | undefined;
}

/** A process that obeys commands. */
export function startCrashableProcess(): Runner<Command, number> {
  return startProcess(new URL('./runner-child.ts', import.meta.url), HEAP_MIB);
}

/** A thread that obeys commands, with or without a listener for its errors. */
export function startCrashableThread(options: { readonly listen: boolean }): Runner<Command, number> {
  return startThread(new URL('./runner-worker.ts', import.meta.url), HEAP_MIB, options);
}

/** 'count' adds one to a global and returns it; the others do not return. */
export function obey(command: Command): number {
  if (command === 'uncaught error') throw new Error('nothing catches this');
  if (command === 'abort()') process.abort(); // in a thread Node.js refuses it, by an error
  if (command === 'fatal signal') process.kill(process.pid, FATAL); // as native code does that gives up
  if (command === 'out of memory') exhaust();
  globalThis.counter = (globalThis.counter ?? 0) + 1;
  return globalThis.counter;
}

function exhaust(): never {
  const kept: object[] = [];
  for (;;) kept.push(Array.from({ length: 1_000 }, (_, index) => ({ index })));
}
