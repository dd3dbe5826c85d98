import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, transfer, trap } from './recipe.ts';

export default claimOf(pitfall, {
  says: "What one thread changes in an object, the other sees: threads share the process's memory.",
  from: ['MM', 'QA'],
  answer:
    'A worker gets a clone, or the buffer itself, which leaves the sender with 0 elements; of 3 ways only a SharedArrayBuffer shows its change here.',

  async count() {
    const [cloned, moved, shared] = [await trap(), await transfer(), await cheaperFix()];
    return {
      headline: `the worker's 11 is read here as ${cloned.numbers[0]} (cloned), ${moved.numbers[0]} (transferred), ${shared.numbers[0]} (shared)`,
      figures: [
        exactly('first number in the worker', cloned.answer.first, 11, ''),
        exactly('first number here, cloned', cloned.numbers[0]!, 10, ''),
        exactly('elements left here, transferred', moved.numbers.length, 0, 'of 3'),
        exactly('first number that came back, transferred', moved.answer.numbers[0]!, 11, ''),
        exactly('first number here, shared', shared.numbers[0]!, 11, ''),
        exactly('first number here, taken from the answer', (await fix()).numbers[0]!, 11, ''),
      ],
    };
  },

  python: pythonCounts(new URL('./original.py', import.meta.url), ({ thread }: { thread: number }) => ({
    headline: `a list that a thread changes is changed here: ${thread}; a Python thread shares every object`,
    figures: [exactly('first number here after a thread added 1', thread, 11, '')],
  })),
});
