import { counted } from '@cookbook/lab/claim';
import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { foretellPassword, foretoldNumbers } from './proof/attack.ts';
import { chiSquare, chiSquareLimit } from './proof/chi-square.ts';
import { PASSWORDS_SEEN, pitfall } from './pitfall.ts';
import { byRandomInt, byRejection, byRemainder, cheaperFix, fix } from './recipe.ts';

const SEEN = 256;
const FORETOLD = 200;
const SIZE = 62;
/** The state behind Math.random is found in so many tries nearly always; here there is none to find. */
const TRIES = 25;
/** Enough for the bias of `% 62` to stand at ten times the limit of chance. */
const DRAWN = 200_000;

export default claimOf(pitfall, {
  says: 'A strong password is made of random letters.',
  from: ['RC'],
  answer:
    'Not of those of Math.random: 256 numbers give away the next 200, 600 passwords the next one; nor by byte % 62, which favours 8 letters.',

  count() {
    const foretold = foretoldNumbers(SEEN, FORETOLD);
    const limit = chiSquareLimit(SIZE);
    const bias = chiSquare(byRemainder(SIZE, DRAWN), SIZE);
    return {
      headline: `after ${SEEN} numbers ${foretold} of the next ${FORETOLD} foretold; byte % ${SIZE}: chi-square ${Math.round(bias)}, by chance at most ${Math.round(limit)}`,
      figures: [
        exactly(`numbers foretold after ${SEEN}`, foretold, FORETOLD, `of ${FORETOLD}`),
        exactly('passwords of randomInt foretold', hits(fix), 0, 'of 1'),
        exactly('passwords of randomBytes foretold', hits(cheaperFix), 0, 'of 1'),
        counted(`chi-square of byte % ${SIZE}`, bias, '', { least: limit }),
        counted('chi-square of bytes with rejection', chiSquare(byRejection(SIZE, DRAWN), SIZE), '', { most: limit }),
        counted('chi-square of randomInt', chiSquare(byRandomInt(SIZE, DRAWN), SIZE), '', { most: limit }),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ foretold, biased }: { foretold: number; biased: number }) => ({
      headline: `after 624 numbers of random ${foretold} of the next 200 foretold; "secrets" is the fix there`,
      figures: [
        exactly('numbers foretold after 624', foretold, 200, 'of 200'),
        exactly('letters of 62 that get a byte more by % 62', biased, 8, 'letters'),
      ],
    }),
  ),
});

function hits(make: () => string): number {
  return Number(foretellPassword(make, PASSWORDS_SEEN, TRIES) === make());
}
