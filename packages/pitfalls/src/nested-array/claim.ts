import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, trap, trapWithObjects } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'Why does fill([]) change every row of my array?',
  says: 'A nested list made by multiplication holds one inner list many times.',
  from: ['RC'],
  inNode: 'yes',
  answer:
    'Array(3).fill([]) puts one inner array into all 3 places, so one push shows in 3 of 3 rows; fill({}) does the same.',

  count() {
    const written = trapWithObjects().filter(({ load }) => load === 0.5).length;
    return {
      words:
        'One push shows in {filled number} of 3 rows made by fill([]), and in {made number} of 3 made by Array.from.',
      figures: [
        only('filled', 'rows changed by one push, fill([])', withOne(trap()), 3, 'of 3'),
        only('filled-different', 'different rows, fill([])', new Set(trap()).size, 1, 'of 3'),
        only('objects', 'objects changed by one write, fill({})', written, 3, 'of 3'),
        only('made', 'rows changed by one push, Array.from', withOne(fix()), 1, 'of 3'),
        only('made-different', 'different rows, Array.from', new Set(fix()).size, 3, 'of 3'),
        only('flat', 'cells changed by one write, flat array', withOne([[...cheaperFix().grid]]), 1, 'of 12'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ changed, different }: { changed: number; different: number }) => ({
      words: '[[]] * 3 holds {different number} list; one append shows in {changed number} of 3 rows.',
      figures: [
        only('changed', 'rows changed by one append, [[]] * 3', changed, 3, 'of 3'),
        only('different', 'different rows', different, 1, 'of 3'),
      ],
    }),
  ),
});

function withOne(rows: readonly number[][]): number {
  return rows.filter((row) => row.includes(1)).length;
}
