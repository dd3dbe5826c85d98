import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { callsOfMap, cheaperFix, fix, namesOneRow, trap } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'How do I make an array of new arrays in JavaScript?',
  says: 'A list comprehension makes each inner list afresh.',
  from: ['RC'],
  inNode: 'only if Array.from calls a function that makes a new array',
  answer:
    'Array.from({ length: 3 }, () => []) makes 3 arrays; new Array(3).map(() => []) makes 0, since map skips empty places.',

  count: () => ({
    words: 'Array.from made {made number} different arrays; new Array(3).map made {skipped or none}.',
    figures: [
      only('calls', 'calls of the function, new Array(3).map', callsOfMap(), 0, 'calls'),
      only('skipped', 'elements of the result of new Array(3).map', Object.keys(trap()).length, 0, 'elements'),
      only('named', 'different rows, () => row', new Set(namesOneRow()).size, 1, 'of 3'),
      only('made', 'different rows, () => []', new Set(fix()).size, 3, 'of 3'),
      only('used', 'rows made when only one is used', cheaperFix().size, 1, 'row'),
    ],
  }),

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ different, changed }: { different: number; changed: number }) => ({
      words: '[[] for _ in range(3)] makes {different number} lists; one append shows in {changed number}.',
      figures: [
        only('different', 'different lists', different, 3, 'of 3'),
        only('changed', 'lists changed by one append', changed, 1, 'of 3'),
      ],
    }),
  ),
});
