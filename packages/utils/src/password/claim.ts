import { counted, defineClaim, formatNumber, judgeBounds } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { charactersOf, classOf, PRINTABLE } from './alphabet.ts';
import { openPasswords, partsOf } from './index.ts';
import type { CharacterClass, Demands } from './index.ts';
import { chiSquareDeviation, deviationByPosition, exactShares } from './proof/uniformity.ts';
import { byteRemainder, classesFirst, classesFirstShuffled, independent } from './proof/usual-recipes.ts';

const LENGTH = 20;
const DEMANDED: readonly CharacterClass[] = ['upper', 'digits', 'symbols'];
const DEMANDS: Demands = { length: LENGTH, least: { upper: 1, digits: 1, symbols: 1 } };
/** A million characters. */
const PASSWORDS = 50_000;
/** 1,760 passwords: few enough to see each one 57 times on average. */
const FEW: Demands = { length: 4, alphabet: 'AEbcd23!', least: { upper: 1, digits: 1 } };
const FEW_DRAWN = 100_000;
/** Standard deviations that a fair source exceeds once in 3.5 million trials. */
const FAIR = 5;

export default defineClaim({
  id: 'utils/password',
  says: 'A strong password is made from random characters: a length, upper-case letters, digits and special characters.',
  from: ['RC'],
  answer:
    'With one random number out of the exact count, all of 50,000 passwords hold every asked class and chi-square finds no bias at any position; classes put in fixed places lose 6.5 bits, and neither they nor their shuffle is uniform.',

  async measure({ signal }: Context) {
    const source = openPasswords(DEMANDS);
    const shares = exactShares(LENGTH, partsOf(DEMANDS));
    const ours = await make(() => source.next(), signal);
    const fixed = await make(() => classesFirst(LENGTH, DEMANDED), signal);
    const shuffled = await make(() => classesFirstShuffled(LENGTH, DEMANDED), signal);
    const free = await make(() => independent(LENGTH), signal);
    const remainder = await make(() => byteRemainder(LENGTH), signal);

    const [furthest, furthestFixed, furthestShuffled] = [ours, fixed, shuffled].map((made) =>
      Math.max(...deviationByPosition(made, shares)),
    );
    const alike = new Map(charactersOf(PRINTABLE).map((character) => [character, 1 / PRINTABLE.length]));
    const bitsOfFixed = DEMANDED.reduce(
      (bits, name) => bits + Math.log2(charactersOf(PRINTABLE).filter((one) => classOf(one) === name).length),
      (LENGTH - DEMANDED.length) * Math.log2(PRINTABLE.length),
    );
    const lacking = (100 * free.filter((made) => !holdsDemanded(made)).length) / PASSWORDS;
    return {
      headline: `${formatNumber(PASSWORDS)} passwords: largest deviation of ${LENGTH} positions ${formatNumber(furthest!)} sd, with classes in fixed places ${formatNumber(furthestFixed!)} sd`,
      figures: [
        counted('ours: passwords with every asked class', ours.filter(holdsDemanded).length, 'passwords', {
          least: PASSWORDS,
        }),
        counted(`ours: largest deviation of ${LENGTH} positions`, furthest!, 'sd', { most: FAIR }),
        counted('ours: deviation over all passwords of a small space', deviationOfFew(), 'sd', {
          least: -FAIR, // more even than chance would be no chance either
          most: FAIR,
        }),
        counted('classes in fixed places: largest deviation', furthestFixed!, 'sd', { least: FAIR }),
        counted('classes in fixed places: bits lost', source.bits - bitsOfFixed, 'bits', { least: 1 }),
        counted('the same, shuffled: largest deviation', furthestShuffled!, 'sd', { least: FAIR }),
        counted('random.choice of all: passwords that lack a class', lacking, '%', { least: 1 }),
        counted('random.choice of all: largest deviation', Math.max(...deviationByPosition(free, alike)), 'sd', {
          most: FAIR,
        }),
        counted('remainder of a byte: largest deviation', Math.max(...deviationByPosition(remainder, alike)), 'sd', {
          least: FAIR,
        }),
      ],
      notes: [
        `sd: standard deviations of chi-square above its mean; a fair source exceeds ${FAIR} once in 3.5 million trials.`,
        'No count of characters tells Math.random from a safe source, as random.choice of all shows. What makes it unfit is that its next number can be computed from those before.',
      ],
    };
  },

  judge: judgeBounds,
});

/** In slices, so that Ctrl-C is heard between them. */
async function make(next: () => string, signal: AbortSignal): Promise<string[]> {
  const made: string[] = [];
  while (made.length < PASSWORDS) {
    for (let n = 0; n < PASSWORDS / 10; n++) made.push(next());
    await new Promise(setImmediate);
    signal.throwIfAborted();
  }
  return made;
}

function holdsDemanded(password: string): boolean {
  return DEMANDED.every((name) => charactersOf(password).some((one) => classOf(one) === name));
}

/** Every password of a space that is small enough to count each one: the whole of "as likely as every other". */
function deviationOfFew(): number {
  const source = openPasswords(FEW);
  const counts = new Map<string, number>();
  for (let n = 0; n < FEW_DRAWN; n++) {
    const password = source.next();
    counts.set(password, (counts.get(password) ?? 0) + 1);
  }
  const cells = Number(source.size);
  const observed = [...counts.values(), ...Array.from({ length: cells - counts.size }, () => 0)];
  return chiSquareDeviation(
    observed,
    Array.from({ length: cells }, () => FEW_DRAWN / cells),
  );
}
