// What a request in flight takes of its client's memory, measured in a process that does nothing else.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { nextMessage } from '../../proof/next-message.ts';
import { openServer } from '../../proof/server/index.ts';
import type { HeldMemory } from './memory-child.ts';

/** Longer than it takes to bring them all in flight and to look: no answer is waited for. */
const HELD_MS = 60_000;

/**
 * Memory of JavaScript's objects and buffers for so many requests in flight, KiB each.
 *
 * @throws Error where not all of them are in flight
 */
export async function memoryInFlight(requests: number, signal: AbortSignal): Promise<number> {
  await using server = await openServer({ delay: HELD_MS }, signal);
  const child = fork(new URL('./memory-child.ts', import.meta.url), [server.origin, String(requests)], {
    execArgv: ['--expose-gc'],
    signal,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'exit');
  try {
    const before = await nextMessage<HeldMemory>(child);
    while ((await server.counts()).mostInFlight < requests) signal.throwIfAborted();
    child.send('look');
    const after = await nextMessage<HeldMemory>(child);
    return (after.bytes - before.bytes) / requests / 1_024;
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}
