import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { freezes, sortMethods } from './proof/methods.ts';
import { cheaperFix, fix, shallowFreeze, trap } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'Which array methods change the array in JavaScript?',
  says: 'Lists and dictionaries change in place; strings and tuples make new objects.',
  from: ['RC'],
  inNode: 'yes',
  answer: 'Of 18 array methods 9 change the array and 9 make a new one; Object.freeze protects one level.',

  count() {
    const { inPlace, fresh, otherInPlace, stringsChanged } = sortMethods();
    const refused = Object.values(freezes()).filter((fate) => fate === 'refused').length;
    const { samples, sorted } = trap();
    return {
      words:
        '{in-place number} array methods change the array and {fresh number} make a new one. Of the string methods {strings or none} changes its string.',
      figures: [
        only('in-place', `array methods that change the array (${inPlace.join(', ')})`, inPlace.length, 9, 'methods'),
        only('fresh', 'array methods that make a new one', fresh.length, 9, 'methods'),
        only('other', 'other things that change in place', otherInPlace.length, 5, 'things'),
        only('strings', 'string methods that change the string', stringsChanged.length, 0, 'methods'),
        only('same', 'sort returned the array it was called on', Number(samples === sorted), 1, 'of 1'),
        only('to-sorted', 'first sample after toSorted', fix().first!, 30, ''),
        only('mapped', 'first of the hosts after sorting the mapped array', cheaperFix().hosts[0]!.load, 3, ''),
        only('frozen', 'cores after writing into a frozen object', shallowFreeze().limits.cores, 64, 'cores'),
        only('refused', 'changes that Object.freeze refused', refused, 3, 'of 6'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    (seen: Record<'listSeen' | 'tupleChanged' | 'tupleError', unknown>) => ({
      words: '+= on a list inside a tuple raised an error, and changed the list all the same.',
      figures: [
        only('list', 'list += seen through the other name', Number(seen.listSeen), 1, 'of 1'),
        only('raised', 'errors raised by += inside a tuple', Number(seen.tupleError !== null), 1, 'of 1'),
        only('tuple', 'lists inside a tuple that this += changed', Number(seen.tupleChanged), 1, 'of 1'),
      ],
    }),
  ),
});
