// What a runner does when it is asked to, and how it is started.

import { startProcess, startThread } from '../recipe.ts';
import type { Runner } from '../recipe.ts';

/** The old generation of a runner's heap, MiB: small, so that it is soon exhausted. */
export const HEAP_MIB = 16;

export const CRASHES = ['uncaught error', 'abort()', 'out of memory', 'fatal signal'] as const;
export type Crash = (typeof CRASHES)[number];

/** What fills a heap, by shape: V8 can end a thread alone only where it gets to ask for more between two allocations. */
export const SHAPES = ['many small arrays', 'one long array', 'one growing Map', 'a parsed list'] as const;
export type Shape = (typeof SHAPES)[number];
export type Command = Crash | Shape | 'count';

/** Windows has no SIGABRT. */
const FATAL = process.platform === 'win32' ? 'SIGKILL' : 'SIGABRT';

declare global {
  var counter: number | undefined;
  var list: unknown;
}

/** A process that obeys commands. */
export function startCrashableProcess(heap = HEAP_MIB): Runner<Command, number> {
  return startProcess(new URL('./runner-child.ts', import.meta.url), heap);
}

/** A thread that obeys commands, with or without a listener for its errors. */
export function startCrashableThread(options: { readonly listen: boolean }, heap = HEAP_MIB): Runner<Command, number> {
  return startThread(new URL('./runner-worker.ts', import.meta.url), heap, options);
}

/** 'count' adds one to a global and returns it; the others do not return. */
export function obey(command: Command): number {
  if (command === 'uncaught error') throw new Error('nothing catches this');
  if (command === 'abort()') process.abort(); // in a thread Node.js refuses it, by an error
  if (command === 'fatal signal') process.kill(process.pid, FATAL); // as native code does that gives up
  if (command === 'out of memory') exhaust['many small arrays']();
  if (command in exhaust) exhaust[command as Shape]();
  globalThis.counter = (globalThis.counter ?? 0) + 1;
  return globalThis.counter;
}

const exhaust: Readonly<Record<Shape, () => never>> = {
  'many small arrays'() {
    const kept: object[] = [];
    for (;;) kept.push(Array.from({ length: 1_000 }, (_, index) => ({ index })));
  },
  'one long array'() {
    const kept: number[] = [];
    for (;;) kept.push(Math.random());
  },
  'one growing Map'() {
    const kept = new Map<number, number>();
    for (let n = 0; ; n++) kept.set(n, n);
  },
  'a parsed list'() {
    for (let length = 100_000; ; length *= 2) globalThis.list = JSON.parse(`[${'1.5,'.repeat(length)}0]`) as unknown;
  },
};
