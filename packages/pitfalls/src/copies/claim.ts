import { claimOf, only } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { copyTable, LOSING } from './proof/copy-table.ts';
import type { Copier, Fate } from './proof/copy-table.ts';
import { cheaperFix, fix, trap } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'How do I copy an object in JavaScript?',
  says: 'A copy of an object is independent of it.',
  from: ['ours'],
  inNode: 'only if the copy is deep',
  answer:
    'A spread copy still shares 11 of 17 kinds of value with the original; structuredClone shares 1, and loses, changes or refuses 4.',

  count() {
    const table = copyTable();
    const number = (copier: Copier, ...fates: readonly Fate[]): number =>
      table.filter((row) => fates.includes(row.fates[copier])).length;
    const lost = (copier: Copier): number => number(copier, ...LOSING);
    return {
      words:
        'A spread copy still shares with the original: {spread-kept number} of 17 kinds of value are independent; by structuredClone {clone-kept number}.',
      figures: [
        only('spread-kept', 'kinds independent after spread', number('spread', 'kept'), 5, 'of 17'),
        only('spread', 'cores of the original after a change of the spread copy', trap().job.limits.cores, 64, 'cores'),
        only('clone', 'cores of the original after a change of the clone', fix().job.limits.cores, 2, 'cores'),
        only('path', 'cores of the original after a copy along the path', cheaperFix().job.limits.cores, 2, 'cores'),
        only('spread-shared', 'kinds shared by spread', number('spread', 'shared'), 11, 'of 17'),
        only('assign-shared', 'kinds shared by Object.assign', number('Object.assign', 'shared'), 11, 'of 17'),
        only('slice-shared', 'kinds shared by slice', number('slice', 'shared'), 11, 'of 17'),
        only('clone-shared', 'kinds shared by structuredClone', number('structuredClone', 'shared'), 1, 'of 17'),
        only('clone-kept', 'kinds independent after structuredClone', number('structuredClone', 'kept'), 12, 'of 17'),
        only('clone-lost', 'kinds that structuredClone lost, changed or refused', lost('structuredClone'), 4, 'of 17'),
        only('json-lost', 'kinds that JSON lost, changed or refused', lost('JSON'), 16, 'of 17'),
      ],
    };
  },
});
