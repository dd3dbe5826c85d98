import { counted } from '@cookbook/lab/claim';
import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { foretoldNumbers, isForetold } from './proof/attack.ts';
import { chiSquare, chiSquareLimit, chiSquareOfPasswords, FAIR } from './proof/chi-square.ts';
import { byRandomInt, byRejection, byRemainder, cheaperFix, fix } from './recipe.ts';

const SIZE = 62;
const chiSquareOf = (draw: typeof byRemainder): number => chiSquare(draw(SIZE, 200_000), SIZE);

export default claimOf(pitfall, {
  question: 'Is Math.random safe for passwords?',
  says: 'A strong password is made of random letters.',
  from: ['RC'],
  inNode: 'only if the letters come from node:crypto, without a remainder',
  answer:
    'Passwords of Math.random can be computed: 256 numbers give away the next 200; and byte % 62 favours 8 letters. crypto.randomInt does neither.',

  count() {
    const limit = chiSquareLimit(SIZE);
    return {
      words:
        'After 256 numbers of Math.random, {foretold number} of the next 200 were computed. The letters of byte % 62 have a chi-square of {remainder number}; chance alone stays below {limit number}.',
      figures: [
        only('foretold', 'numbers of Math.random computed after 256', foretoldNumbers(256, 200), 200, 'of 200'),
        only('random-int-foretold', 'passwords of randomInt computed', Number(isForetold(fix)), 0, 'of 1'),
        only('random-bytes-foretold', 'passwords of randomBytes computed', Number(isForetold(cheaperFix)), 0, 'of 1'),
        counted('limit', 'chi-square that chance stays below', limit, ''),
        counted('remainder', `chi-square of byte % ${SIZE}`, chiSquareOf(byRemainder), '', { least: limit }),
        counted('rejection', 'chi-square of bytes with rejection', chiSquareOf(byRejection), '', { most: limit }),
        counted('random-int', 'chi-square of randomInt', chiSquareOf(byRandomInt), '', { most: limit }),
        counted('fix', 'chi-square of passwords by randomInt', chiSquareOfPasswords(fix), '', FAIR),
        counted('cheaper', 'chi-square of passwords by randomBytes', chiSquareOfPasswords(cheaperFix), '', FAIR),
      ],
    };
  },

  python: pythonCounts(new URL('./original.py', import.meta.url), ({ foretold, biased }: Record<string, number>) => ({
    words: 'After 624 numbers of the module random, {foretold number} of the next 200 were computed.',
    figures: [
      only('foretold', 'numbers computed after 624', foretold!, 200, 'of 200'),
      only('biased', 'letters of 62 that get a byte more by % 62', biased!, 8, 'letters'),
    ],
  })),
});
