import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { callsOfMap, cheaperFix, fix, namesOneRow, trap } from './recipe.ts';

export default claimOf(pitfall, {
  says: 'A list comprehension makes each inner list afresh.',
  from: ['RC'],
  answer:
    'Array.from({ length: 3 }, () => []) does: 3 different arrays. new Array(3).map(() => []) makes 0, and a function that names one array gives that one 3 times.',

  count: () => ({
    headline: `arrays made: ${new Set(fix()).size} by Array.from, ${new Set(Object.values(trap())).size} by new Array(3).map`,
    figures: [
      exactly('calls of the function, new Array(3).map', callsOfMap(), 0, 'calls'),
      exactly('elements of the result', Object.keys(trap()).length, 0, 'elements'),
      exactly('different rows, () => row', new Set(namesOneRow()).size, 1, 'of 3'),
      exactly('different rows, () => []', new Set(fix()).size, 3, 'of 3'),
      exactly('rows made when only one is used', cheaperFix().size, 1, 'rows'),
    ],
  }),

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ different, changed }: { different: number; changed: number }) => ({
      headline: `[[] for _ in range(3)] makes ${different} lists; one append shows in ${changed}`,
      figures: [
        exactly('different lists', different, 3, 'of 3'),
        exactly('lists changed by one append', changed, 1, 'of 3'),
      ],
    }),
  ),
});
