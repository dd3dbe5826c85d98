// What the post's own program shows.

import { counted, counts, shown } from '@cookbook/lab/claim';
import type { Finding } from '@cookbook/lab/claim';

export function ofPython(answer: unknown): Finding[] {
  const { process: own, thread, after_abort: survivors } = answer as Record<string, number>;
  return [
    counts(
      "A process left its parent's global at {process-global number}, and its abort() did not end the parent.",
      counted('process-global', 'global of the parent after a process has added 1', own!, '', { most: 0 }),
      counted('alive-after-abort', 'parents alive after abort() in a child', survivors!, 'of 1', { least: 1 }),
    ),
    shown(
      'A thread made it {thread-global number}.',
      counted('thread-global', 'global of the parent after a thread has added 1', thread!, ''),
    ),
  ];
}
