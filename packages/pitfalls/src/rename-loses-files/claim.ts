import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { countLost } from './proof/rename-ten.ts';
import { cheaperFix, fix, trap } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'Can renaming files in a loop lose files?',
  says: 'Every file of a folder is renamed to a pattern by a loop of four lines.',
  from: ['RC'],
  inNode: 'only if no new name is among the old ones',
  answer:
    'A loop of rename overwrites files whose names are among the new ones: 9 of 10 lost, no error; two passes lose none.',

  async count() {
    return {
      words: 'The loop lost {loop number} of 10 files, without an error; two passes lost {two-passes or none}.',
      figures: [
        only('loop', 'files lost by the loop', await countLost(trap), 9, 'of 10'),
        only('two-passes', 'files lost by two passes', await countLost(fix), 0, 'of 10'),
        only('new-folder', 'files lost by a new folder', await countLost(cheaperFix), 0, 'of 10'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ lost, raised }: { lost: number; raised: string | null }) => {
      const name = raised === null ? 'files lost, no error' : `files lost before ${raised} stopped the loop`;
      // Windows refuses to rename over a file, and so does Python there: no file is lost, and the loop is of no use.
      return {
        words:
          raised === null
            ? 'The loop lost {lost number} of 10 files, without an error.'
            : 'An error stopped the loop; {lost number} of 10 files were lost.',
        figures: [only('lost', name, lost, raised === null ? 9 : 0, 'of 10')],
      };
    },
  ),
});
