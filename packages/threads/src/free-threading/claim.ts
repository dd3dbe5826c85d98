import { defineClaim, intervals, sampled, shown } from '@cookbook/lab/claim';
import { parallel } from '@cookbook/lab/speedup';
import { runWithoutLock } from './proof/python-without-lock.ts';
import { compareSpeedups, compareStarts, LANES, MEMORY_NOTE } from './proof/threads-and-processes.ts';

export default defineClaim({
  id: 'threads/free-threading',
  question: 'Are worker threads as fast as child processes?',
  says: 'Without the interpreter lock, threads run in true parallel and the need for processes shrinks.',
  from: ['RC'],
  inNode: 'yes',
  answer:
    'Worker threads reach at least 0.8 of the speedup of forked processes, each for at most 0.9 of the start-up work and memory.',

  async measure(context) {
    const { threads, processes, reached } = await compareSpeedups(context);
    const starts = await compareStarts(context.signal);
    return [
      intervals(
        `${LANES} worker threads reach {reached number} of the speedup of ${LANES} processes.`,
        sampled('reached', 'speedup of threads / speedup of processes', reached, 'x', { least: 0.8 }),
      ),
      intervals(
        'A thread takes {start-cpu number} of the CPU time to start, and {memory number} of the memory, that a process takes.',
        ...starts.judged,
      ),
      parallel('threads', `${LANES} worker threads`, threads, ''),
      { ...parallel('processes', `${LANES} processes`, processes), words: '' }, // a busy machine is named once
      { ...shown('', ...starts.others), notes: [MEMORY_NOTE] },
    ];
  },

  // The post's sentence is judged here.
  python: (context) => runWithoutLock(LANES, context),
});
