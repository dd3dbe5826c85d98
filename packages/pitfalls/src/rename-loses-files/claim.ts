import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { afterRenaming, NAMES } from './proof/rename-ten.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, trap } from './recipe.ts';

export default claimOf(pitfall, {
  says: 'Every file of a folder is renamed to a pattern by a loop of four lines.',
  from: ['RC'],
  answer:
    'Where new names are among the old ones the loop overwrites: 9 of 10 files lost, no error; two passes lose none.',

  async count() {
    const lostByLoop = await countLost(trap);
    return {
      headline: `${lostByLoop} of ${NAMES.length} files lost by the loop, without an error`,
      figures: [
        exactly('files lost by the loop', lostByLoop, 9, 'of 10'),
        exactly('files lost by two passes', await countLost(fix), 0, 'of 10'),
        exactly('files lost by a new folder', await countLost(cheaperFix), 0, 'of 10'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ lost, raised }: { lost: number; raised: string | null }) => ({
      headline:
        raised === null ? `${lost} of 10 files lost, no error` : `stopped by ${raised}, ${lost} of 10 files lost`,
      figures: [exactly('files lost or runs stopped by an error', raised === null ? lost : 9, 9, '')],
    }),
  ),
});

async function countLost(renameAll: typeof trap | typeof cheaperFix): Promise<number> {
  const { contents } = await afterRenaming(renameAll);
  return NAMES.length - new Set(Object.values(contents)).size;
}
