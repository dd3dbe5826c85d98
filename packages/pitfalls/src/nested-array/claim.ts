import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, trap, trapWithObjects } from './recipe.ts';

export default claimOf(pitfall, {
  says: 'A nested list made by multiplication holds one inner list many times.',
  from: ['RC'],
  answer: 'Array(3).fill([]) does the same: one inner array, and one push shows in 3 of 3 rows; so does fill({}).',

  count() {
    const [trapped, fixed] = [trap(), fix()];
    return {
      headline: `one push shows in ${withOne(trapped)} of ${trapped.length} rows`,
      figures: [
        exactly('rows changed by one push, fill([])', withOne(trapped), 3, 'of 3'),
        exactly('different rows, fill([])', new Set(trapped).size, 1, 'of 3'),
        exactly(
          'objects changed by one write, fill({})',
          trapWithObjects().filter(({ load }) => load === 0.5).length,
          3,
          'of 3',
        ),
        exactly('rows changed by one push, Array.from', withOne(fixed), 1, 'of 3'),
        exactly('different rows, Array.from', new Set(fixed).size, 3, 'of 3'),
        exactly(
          'cells changed by one write, flat array',
          cheaperFix().grid.filter((cell) => cell === 1).length,
          1,
          'of 12',
        ),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ changed, different }: { changed: number; different: number }) => ({
      headline: `[[]] * 3 holds ${different} list; one append shows in ${changed} of 3 rows`,
      figures: [
        exactly('rows changed by one append, [[]] * 3', changed, 3, 'of 3'),
        exactly('different rows', different, 1, 'of 3'),
      ],
    }),
  ),
});

function withOne(rows: readonly number[][]): number {
  return rows.filter((row) => row.includes(1)).length;
}
