import { claimOf, exactly } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, trap } from './recipe.ts';
import { COPIER_NAMES, copyTable } from './proof/copy-table.ts';
import type { Copier, Fate } from './proof/copy-table.ts';

export default claimOf(pitfall, {
  says: 'A copy of an object is independent of it.',
  from: ['ours'],
  answer:
    'Of 17 kinds of value, spread, Object.assign and slice share 11 with the original; structuredClone shares 1, and loses, changes or refuses 4; JSON loses, changes or refuses 16.',

  count() {
    const table = copyTable();
    const number = (copier: Copier, ...fates: Fate[]): number =>
      table.filter((row) => fates.includes(row.fates[copier])).length;
    const unfaithful = ['lost', 'changed', 'refused'] as const;
    return {
      headline: `of ${table.length} kinds kept: ${COPIER_NAMES.map((copier) => `${copier} ${number(copier, 'kept')}`).join(', ')}`,
      figures: [
        exactly('cores of the original after a change of the spread copy', trap().job.limits.cores, 64, 'cores'),
        exactly('cores of the original after a change of the clone', fix().job.limits.cores, 2, 'cores'),
        exactly('cores of the original after a copy along the path', cheaperFix().job.limits.cores, 2, 'cores'),
        exactly('kinds shared by spread', number('spread', 'shared'), 11, 'of 17'),
        exactly('kinds shared by Object.assign', number('Object.assign', 'shared'), 11, 'of 17'),
        exactly('kinds shared by slice', number('slice', 'shared'), 11, 'of 17'),
        exactly('kinds shared by structuredClone', number('structuredClone', 'shared'), 1, 'of 17'),
        exactly(
          'kinds lost, changed or refused by structuredClone',
          number('structuredClone', ...unfaithful),
          4,
          'of 17',
        ),
        exactly('kinds lost, changed or refused by JSON', number('JSON', ...unfaithful), 16, 'of 17'),
      ],
    };
  },
});
