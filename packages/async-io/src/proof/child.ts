// A program of a proof in a process of its own, that answers each message with one.

import { fork } from 'node:child_process';
import type { Serializable } from 'node:child_process';
import { once } from 'node:events';
import { nextMessage } from './next-message.ts';

export interface Child<Ready> extends AsyncDisposable {
  readonly pid: number;
  /** What it said when it was ready. */
  readonly ready: Ready;
  /** Sends a message, and resolves with the next that comes: one at a time. */
  ask<Answer>(message: Serializable): Promise<Answer>;
}

/**
 * Starts a program, and waits for its first message. It ends by being disposed of, and when the signal aborts; it is to end by
 * itself when the channel to this process closes, which it does however this process ends.
 *
 * @throws Error where it ends without a message, and the signal's reason where it aborts
 */
export async function openChild<Ready>(program: URL, signal: AbortSignal): Promise<Child<Ready>> {
  signal.throwIfAborted();
  const child = fork(program, { execArgv: [], serialization: 'advanced' });
  const kill = (): boolean => child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    kill();
    await gone;
  };
  const next = async <Message>(): Promise<Message> => {
    try {
      return await nextMessage<Message>(child);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  };
  try {
    return {
      pid: child.pid!,
      ready: await next<Ready>(),
      ask<Answer>(message: Serializable) {
        const answer = next<Answer>();
        child.send(message);
        return answer;
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
