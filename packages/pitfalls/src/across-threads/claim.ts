import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, transfer, trap } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'Why does my worker not change the array that I sent it?',
  says: "What one thread changes in an object, the other sees: threads share the process's memory.",
  from: ['MM', 'QA'],
  inNode: 'only if the memory is a SharedArrayBuffer',
  answer:
    'A worker changes a clone, or a transferred buffer that leaves its sender 0 elements; of 3 ways only a SharedArrayBuffer shows the change here.',

  async count() {
    const [cloned, moved, shared] = [await trap(), await transfer(), await cheaperFix()];
    return {
      words:
        'The worker made the first number 11. Here it reads {cloned number} where it was cloned, {shared number} where it is shared; of a transferred array {left number} elements are left.',
      figures: [
        only('cloned', 'first number here, cloned', cloned.numbers[0]!, 10, ''),
        only('worker', 'first number in the worker', cloned.answer.first, 11, ''),
        only('left', 'elements left here, transferred', moved.numbers.length, 0, 'of 3'),
        only('returned', 'first number that came back, transferred', moved.answer.numbers[0]!, 11, ''),
        only('shared', 'first number here, shared', shared.numbers[0]!, 11, ''),
        only('answered', 'first number here, taken from the answer', (await fix()).numbers[0]!, 11, ''),
      ],
    };
  },

  python: pythonCounts(new URL('./original.py', import.meta.url), ({ thread }: { thread: number }) => ({
    words: 'A list that a thread changed from 10 reads {thread number} here.',
    figures: [only('thread', 'first number here after a thread added 1', thread, 11, '')],
  })),
});
