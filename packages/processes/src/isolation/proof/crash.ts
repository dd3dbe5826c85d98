// What a resident does when it is told to, and how it is told.

import type { EventEmitter } from 'node:events';

/** The old generation of a resident's heap, MiB: small, so that it is soon exhausted. */
export const HEAP_MIB = 16;

export const CRASHES = ['uncaught error', 'abort()', 'out of memory', 'fatal signal'] as const;
export type Crash = (typeof CRASHES)[number];
export type Command = Crash | 'count';

/** Windows knows no SIGABRT. */
const FATAL = process.platform === 'win32' ? 'SIGKILL' : 'SIGABRT';

declare global {
  var counter: number | undefined;
}

/** 'count' adds one to a global and returns it; the others do not return. */
export function obey(command: Command): number {
  if (command === 'uncaught error') throw new Error('nobody catches this');
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

/** One question, one answer; the end of the other side rejects. */
export function ask(peer: EventEmitter, send: () => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('Expected an answer, but the other side has ended'));
    peer.once('exit', gone);
    peer.once('message', (answer) => {
      peer.off('exit', gone);
      resolve(answer);
    });
    send();
  });
}
