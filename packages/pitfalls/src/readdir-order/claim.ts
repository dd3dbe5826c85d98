import { counted } from '@cookbook/lab/claim';
import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { listed, misplaced } from './proof/list-twelve.ts';
import { cheaperFix, fix, trap, unsorted } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'In which order does readdir list files?',
  says: 'The files of a folder are numbered in the order in which they are listed.',
  from: ['RC'],
  inNode: 'only if they are sorted by number first',
  answer:
    'Node readdir lists file10 before file2: numbered in its order, 11 of 12 files are misnumbered; a numeric sort or leading zeros misplace none.',

  async count() {
    return {
      words:
        'Numbered in the order of readdir, {readdir number} of 12 files get a wrong number; in that of opendir {opendir number}, after a numeric sort {sorted or none}.',
      figures: [
        only('readdir', 'files misplaced, readdir', misplaced(await listed(trap)), 11, 'of 12'),
        counted('opendir', 'files misplaced, opendir', misplaced(await listed(unsorted)), 'of 12'),
        only('sorted', 'files misplaced, numeric sort', misplaced(await listed(fix)), 0, 'of 12'),
        only('zeros', 'files misplaced, leading zeros', misplaced(await listed(trap, cheaperFix)), 0, 'of 12'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ listed: order, sorted }: Record<'listed' | 'sorted', number[]>) => ({
      words:
        'Numbered in the order of os.listdir, {listed number} of 12 files get a wrong number; sorted by number, {sorted or none}.',
      figures: [
        counted('listed', 'files misplaced, os.listdir', misplaced(order), 'of 12'),
        only('sorted', 'files misplaced, sorted by number', misplaced(sorted), 0, 'of 12'),
      ],
    }),
  ),
});
