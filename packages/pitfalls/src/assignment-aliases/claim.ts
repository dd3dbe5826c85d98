import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, seenThroughFirstName, trap } from './recipe.ts';

const changed = (kinds: Record<string, boolean>): number => Object.values(kinds).filter(Boolean).length;
const behind = ({ monday, tuesday }: Record<'monday' | 'tuesday', unknown>): number => new Set([monday, tuesday]).size;

export default claimOf(pitfall, {
  question: 'Does assigning an array to another variable copy it?',
  says: 'Assigning one variable to another copies the reference, not the data.',
  from: ['RC'],
  inNode: 'yes',
  answer: 'A second name is no copy: a change through it shows in 6 of 6 kinds of object and 0 of 6 of primitive.',

  count() {
    const { objects, primitives } = seenThroughFirstName();
    return {
      words:
        'A change through the second name shows in the first for {objects number} of 6 kinds of object and {primitives number} of 6 kinds of primitive.',
      figures: [
        only('objects', 'kinds of object changed through the second name', changed(objects), 6, 'kinds'),
        only('primitives', 'kinds of primitive changed through the second name', changed(primitives), 0, 'kinds'),
        only('assigned', 'arrays behind two names, assigned', behind(trap()), 1, 'array'),
        only('copied', 'arrays behind two names, copied', behind(fix()), 2, 'arrays'),
        only('readonly', 'arrays behind two names, readonly', behind(cheaperFix()), 1, 'array'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ shared, separate }: Record<'shared' | 'separate', string[]>) => ({
      words:
        '{shared number} kinds change in place through the second name; for {separate number} it gets a new object.',
      figures: [
        only('shared', `kinds changed in place (${shared.join(', ')})`, shared.length, 4, 'kinds'),
        only('separate', `kinds that got a new object (${separate.join(', ')})`, separate.length, 4, 'kinds'),
      ],
    }),
  ),
});
