import { counted } from '@cookbook/lab/claim';
import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, longestTaken, longestTakenBelow, rising, trap } from './recipe.ts';

const DEPTH = 2_000;

export default claimOf(pitfall, {
  says: 'The largest value of a list is found by max.',
  from: ['RC'],
  answer:
    'Math.max(...samples) throws a RangeError for 2,000,000 samples and for far fewer, the fewer the deeper the call; reduce and a loop take them all.',

  count() {
    const longest = longestTaken(trap);
    const deeper = longestTakenBelow(DEPTH, trap);
    const samples = rising(2_000_000);
    return {
      headline: `the longest array taken here: ${longest.toLocaleString('en-US')} elements; ${deeper.toLocaleString('en-US')} below ${DEPTH.toLocaleString('en-US')} calls`,
      figures: [
        counted('longest array that Math.max(...) takes', longest, 'elements', {
          least: 1_000,
          most: samples.length - 1,
        }),
        counted(`the same below ${DEPTH} calls`, deeper, 'elements', { most: longest - 1 }),
        exactly('largest by reduce', fix(samples), 2_000_000, ''),
        exactly('largest by a loop', cheaperFix(samples), 2_000_000, ''),
        exactly('numbers that Math.max gives for an empty array', Number(Number.isFinite(trap([]))), 0, 'numbers'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ listed, spread, empty }: { listed: number; spread: number; empty: string }) => ({
      headline: `max(samples) and max(*samples) both take 1,000,000 samples; an empty list raises ${empty}`,
      figures: [
        exactly('largest by max(samples)', listed, 99, ''),
        exactly('largest by max(*samples)', spread, 99, ''),
      ],
    }),
  ),
});
