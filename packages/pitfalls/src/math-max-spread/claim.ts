import { counted } from '@cookbook/lab/claim';
import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, longestTaken, longestTakenBelow, rising, trap } from './recipe.ts';

const DEPTH = 2_000;

export default claimOf(pitfall, {
  question: 'Why does Math.max(...array) throw a RangeError?',
  says: 'The largest value of a list is found by max.',
  from: ['RC'],
  inNode: 'only if the list is short',
  answer:
    'Math.max(...samples) throws a RangeError for 2,000,000 samples and far fewer, fewer still in deep calls; reduce and a loop take them all.',

  count() {
    const longest = longestTaken(trap);
    const deeper = longestTakenBelow(DEPTH, trap);
    const samples = rising(2_000_000).toSpliced(1_000_000, 0, 3_000_000); // neither the last nor the first is the largest
    return {
      words: 'Math.max(...) took at most {longest} here, and {deeper number} inside 2,000 nested calls.',
      figures: [
        counted('longest', 'longest array taken', longest, 'elements', { least: 1_000, most: 1_999_999 }),
        counted('deeper', `the same inside ${DEPTH} calls`, deeper, 'elements', { most: longest - 1 }),
        only('reduce', 'largest by reduce', fix(samples), 3_000_000, ''),
        only('loop', 'largest by a loop', cheaperFix(samples), 3_000_000, ''),
        only('empty', 'numbers that it gives for an empty array', Number(Number.isFinite(trap([]))), 0, 'numbers'),
      ],
    };
  },

  python: pythonCounts(new URL('./original.py', import.meta.url), ({ listed, spread }: Record<string, number>) => ({
    words: 'max(samples) and max(*samples) of 1,000,000 samples both give {listed number}.',
    figures: [only('listed', 'by max(samples)', listed!, 99, ''), only('spread', 'by max(*samples)', spread!, 99, '')],
  })),
});
