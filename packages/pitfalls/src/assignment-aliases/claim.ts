import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, seenThroughFirstName, trap } from './recipe.ts';

export default claimOf(pitfall, {
  says: 'Assigning one variable to another copies the reference, not the data.',
  from: ['RC'],
  answer:
    'So it is for all 6 kinds of object tried, Map, Date and Buffer included; none of the 6 kinds of primitive can be changed through a second name.',

  count() {
    const { objects, primitives } = seenThroughFirstName();
    const shared = Object.values(objects).filter(Boolean).length;
    const changed = Object.values(primitives).filter(Boolean).length;
    const [trapped, fixed, cheaper] = [trap(), fix(), cheaperFix()];
    return {
      headline: `a change through the second name is seen through the first: ${shared} of 6 kinds of object, ${changed} of 6 kinds of primitive`,
      figures: [
        exactly('kinds of object changed through the second name', shared, 6, 'kinds'),
        exactly('kinds of primitive changed so', changed, 0, 'kinds'),
        exactly('arrays behind two names, assigned', new Set([trapped.monday, trapped.tuesday]).size, 1, 'arrays'),
        exactly('arrays behind two names, copied', new Set([fixed.monday, fixed.tuesday]).size, 2, 'arrays'),
        exactly('arrays behind two names, readonly', new Set([cheaper.monday, cheaper.tuesday]).size, 1, 'arrays'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ shared, separate }: { shared: string[]; separate: string[] }) => ({
      headline: `shared: ${shared.join(', ')}; not: ${separate.join(', ')}`,
      figures: [
        exactly('kinds changed in place through the second name', shared.length, 4, 'kinds'),
        exactly('kinds whose second name got a new object', separate.length, 4, 'kinds'),
      ],
    }),
  ),
});
