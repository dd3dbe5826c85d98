// More tasks at once than a pool has room for, and the same number handed over a few at a time.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { openBoundedPool, runAll, wasRefused } from '../recipe.ts';

const NOOP = new URL('../../proof/noop-task.ts', import.meta.url);
const QUEUE = 4;
/** Tasks that there is room for: one in the process, the others in the queue. */
const ROOM = 1 + QUEUE;
const BURST = 3 * ROOM;

/** Hands 15 tasks to a pool of one process and a queue of 4. */
export async function fillQueue(): Promise<{ accepted: Figure; refused: Figure; waited: Figure }> {
  const pool = openBoundedPool<object, unknown>(NOOP, 1, QUEUE);
  try {
    const inputs = Array.from({ length: BURST }, () => ({}));
    const ends = await Promise.allSettled(inputs.map((input) => pool.run(input)));
    const accepted = ends.filter(({ status }) => status === 'fulfilled').length;
    const refused = ends.filter((end) => end.status === 'rejected' && wasRefused(end.reason)).length;
    const outputs = await runAll(pool, inputs, ROOM);
    return {
      accepted: counted('accepted', 'tasks accepted of 15 at once', accepted, 'tasks', exactly(ROOM)),
      refused: counted('refused', 'tasks refused of 15 at once', refused, 'tasks', exactly(BURST - ROOM)),
      waited: counted('done', 'tasks done of 15 handed over 5 at a time', outputs.length, 'tasks', exactly(BURST)),
    };
  } finally {
    await pool.destroy();
  }
}
