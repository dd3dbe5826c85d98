import { counts, defineClaim, intervals, shown } from '@cookbook/lab/claim';
import {
  drawWeights,
  incomplete,
  memoryLack,
  otherFigures,
  ratioOf,
  taskMemory,
  waitingFigures,
  weighAll,
} from './proof/weights.ts';

export default defineClaim({
  id: 'async-io/cheap-tasks',
  question: 'How many async tasks can Node.js run at once?',
  says: 'With virtual threads or goroutines a program runs hundreds of thousands of tasks.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'Async tasks wait 100,000 at once for under 2 KiB each; a thread takes over 2,000 times the memory and the CPU time to start.',
  needs: [memoryLack],

  async measure({ signal }) {
    const weights = await weighAll(signal);
    return [
      counts('Async tasks waited {tasks-waiting number} at once on one thread.', ...waitingFigures(weights)),
      intervals('A waiting task took {task-memory} of memory.', taskMemory(weights, { most: 2_048 })),
      intervals(
        'A thread took {memory-ratio} the memory, and {cpu-ratio} the CPU time to start.',
        ratioOf('bytes', 'memory-ratio', 'memory: one more waiting thread / task', weights, { least: 2_000 }),
        ratioOf('cpu', 'cpu-ratio', 'CPU time to start: thread / task', weights, { least: 2_000 }),
      ),
      counts('', incomplete(weights)),
      shown('', ...otherFigures(weights)),
      drawWeights(weights),
    ];
  },
});
