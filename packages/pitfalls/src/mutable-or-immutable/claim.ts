import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { freezes, sortMethods } from './proof/methods.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, shallowFreeze, trap } from './recipe.ts';

export default claimOf(pitfall, {
  says: 'Lists and dictionaries change in place; strings and tuples make new objects.',
  from: ['RC'],
  answer:
    'Of 18 array methods 9 change the array and 9 make a new one; strings never change; const holds the name only, and Object.freeze one level.',

  count() {
    const { inPlace, fresh, otherInPlace, stringsChanged } = sortMethods();
    const frozen = Object.values(freezes());
    const cheaper = cheaperFix();
    return {
      headline: `array methods: ${inPlace.length} change the array (${inPlace.join(', ')}), ${fresh.length} make a new one`,
      figures: [
        exactly('array methods that change the array', inPlace.length, 9, 'methods'),
        exactly('array methods that make a new one', fresh.length, 9, 'methods'),
        exactly('other things that change in place', otherInPlace.length, 5, 'things'),
        exactly('string methods that change the string', stringsChanged.length, 0, 'methods'),
        exactly('sort returned the array it was called on', Number(returnsItsArray()), 1, 'times'),
        exactly('first sample after toSorted', fix().first!, 30, ''),
        exactly('first of the hosts after sorting the mapped array', cheaper.hosts[0]!.load, 3, ''),
        exactly('cores after writing into a frozen object', shallowFreeze().limits.cores, 64, 'cores'),
        exactly('changes that Object.freeze refused', frozen.filter((what) => what === 'refused').length, 3, 'of 6'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ sort, tupleChanged, tupleError, listSeen }: PythonAnswer) => ({
      headline: `sort() returns ${sort}, so the trap shows at once; += on the list inside a tuple raises ${tupleError} and changes it all the same`,
      figures: [
        exactly('list += seen through the other name', Number(listSeen), 1, 'times'),
        exactly('list inside a tuple changed by a += that raised', Number(tupleChanged), 1, 'times'),
      ],
    }),
  ),
});

interface PythonAnswer {
  readonly sort: string;
  readonly tupleChanged: boolean;
  readonly tupleError: string;
  readonly listSeen: boolean;
}

function returnsItsArray(): boolean {
  const { samples, sorted } = trap();
  return samples === sorted;
}
