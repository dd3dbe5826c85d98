import { counted } from '@cookbook/lab/claim';
import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { COUNT, listed, misplaced } from './proof/list-twelve.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, trap, unsorted } from './recipe.ts';

export default claimOf(pitfall, {
  says: 'The files of a folder are numbered in the order in which they are listed.',
  from: ['RC'],
  answer:
    'readdir lists file10 before file2: of 12 files 11 would get the number of another; a numeric sort or leading zeros misplace none.',

  async count() {
    const [read, opened] = [await listed(trap), await listed(unsorted)];
    return {
      headline: `readdir: ${read.join(' ')}; opendir: ${opened.join(' ')}`,
      figures: [
        exactly('files misplaced, readdir', misplaced(read), 11, `of ${COUNT}`),
        counted('files misplaced, opendir', misplaced(opened), `of ${COUNT}`),
        exactly('files misplaced, numeric sort', misplaced(await listed(fix)), 0, `of ${COUNT}`),
        exactly('files misplaced, leading zeros', misplaced(await listed(trap, cheaperFix)), 0, `of ${COUNT}`),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ listed: order, sorted }: { listed: number[]; sorted: number[] }) => ({
      headline: `os.listdir: ${order.join(' ')}: the order of the file system, not sorted as in Node`,
      figures: [
        counted('files misplaced, os.listdir', misplaced(order), `of ${COUNT}`),
        exactly('files misplaced, sorted by number', misplaced(sorted), 0, `of ${COUNT}`),
      ],
    }),
  ),
});
