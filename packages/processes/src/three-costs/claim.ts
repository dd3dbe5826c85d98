import { defineClaim, drawn } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { belowAndAbove } from './proof/below-and-above.ts';
import { COMPUTE_MS, drawCosts, judgedCosts, measureCosts } from './proof/costs-of-lanes.ts';
import { piecesPerMs } from './proof/undisturbed-time.ts';

export default defineClaim({
  id: 'processes/three-costs',
  question: 'When is a task large enough for a worker thread or a child process to pay off?',
  says: 'Threads and processes make CPU-bound work faster.',
  from: ['ours'],
  inNode: 'only if a task is large enough',
  answer:
    'A new thread or process pays only above a break-even size of task: at 1/2.5 of it plain code is faster, at 2.5 times slower.',
  needs: [() => (usableCores() < 2 ? 'expected 2 cores, this process may use 1: no size of task gains' : undefined)],

  async measure(context) {
    const lanes = Math.min(usableCores(), 8);
    const perMs = piecesPerMs();
    const costs = await measureCosts(perMs, context);
    return [
      await belowAndAbove(
        `With ${lanes} at once, a new thread pays from {break-even-fresh-thread} of work a task, a new process from {break-even-fresh-process}; kept, from {break-even-kept-thread} and {break-even-kept-process}.`,
        lanes,
        perMs,
        context,
      ),
      ...judgedCosts(costs),
      drawn({
        notes: [
          `${lanes} tasks at once against the same tasks inline. Work of ${COMPUTE_MS} ms, waits for a core left out; no compile cache.`,
          `\n${drawCosts(costs)}`,
        ],
      }),
    ];
  },
});
