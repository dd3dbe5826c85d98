// What a child process says next, or how it ended instead.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/**
 * The next message of a process.
 *
 * @throws Error where the process ends without one, such as for want of memory
 */
export async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const answered = new AbortController();
  const message = once(child, 'message', { signal: answered.signal });
  const end = once(child, 'exit', { signal: answered.signal }).then(([code, signal]) => {
    throw new Error(`Expected a message of the process, but it ended with ${signal ?? `exit code ${code}`}`);
  });
  try {
    const [answer] = await Promise.race([message, end]);
    return answer as Message;
  } finally {
    answered.abort();
  }
}
