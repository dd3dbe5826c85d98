// The figures of the claim: how far the passwords of each recipe are from equally likely ones.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { charactersOf, classOf, PRINTABLE } from '../alphabet.ts';
import { openPasswords, partsOf } from '../index.ts';
import type { Demands } from '../index.ts';
import { DEMANDED, DEMANDS, FAIR, holdsDemanded, LENGTH, PASSWORDS } from './draw-passwords.ts';
import type { DrawnPasswords } from './draw-passwords.ts';
import { chiSquareDeviation, deviationByPosition, exactShares } from './uniformity.ts';
import { watchSources } from './watch-sources.ts';

/** 1,760 passwords: few enough to see each one 57 times on average. */
const FEW: Demands = { length: 4, alphabet: 'AEbcd23!', least: { upper: 1, digits: 1 } };
const FEW_DRAWN = 100_000;
/** Passwords whose source is watched. */
const WATCHED = 1_000;

/** The generator of this folder: every class is there, no position and no password is favoured. */
export function compareOurs({ ours }: DrawnPasswords): Figure[] {
  const withClasses = ours.filter(holdsDemanded).length;
  return [
    counted('drawn', 'ours: passwords drawn', ours.length, 'passwords', exactly(PASSWORDS)),
    counted('with-classes', 'ours: passwords with every class asked for', withClasses, 'passwords', {
      least: PASSWORDS,
    }),
    counted('ours', `ours: largest deviation of ${LENGTH} positions`, fromExact(ours), 'sd', { most: FAIR }),
    counted('small-space', 'ours: deviation over all passwords of a small space', deviationOfFew(), 'sd', {
      least: -FAIR, // more even than chance would be no chance either
      most: FAIR,
    }),
  ];
}

/** A password takes at least its own bits of the system's random source, and none of Math.random. */
export function compareSources(): Figure[] {
  const source = openPasswords(DEMANDS);
  const { systemBytes, mathCalls } = watchSources(() => {
    for (let n = 0; n < WATCHED; n++) source.next();
  });
  const name = 'ours: bits of the random source of the system for a password';
  return [
    counted('system-bits', name, (8 * systemBytes) / WATCHED, 'bits', { least: source.bits }),
    counted('math-random', `ours: calls of Math.random for ${WATCHED} passwords`, mathCalls, 'calls', exactly(0)),
  ];
}

/** One character of each class first: its entropy is less, and its shuffle is not uniform either. */
export function compareFixed({ fixed, shuffled }: DrawnPasswords): Figure[] {
  const lost = openPasswords(DEMANDS).bits - bitsOfFixed();
  return [
    counted('fixed-bits', 'classes in fixed places: bits lost', lost, 'bits', {
      least: 6.4, // by arithmetic, not by chance
      most: 6.5,
    }),
    counted('fixed', 'classes in fixed places: largest deviation', fromExact(fixed), 'sd', { least: FAIR }),
    counted('shuffled', 'the same, shuffled: largest deviation', fromExact(shuffled), 'sd', { least: FAIR }),
  ];
}

/** Each character by itself: by Math.random, and by the remainder of a byte. */
export function compareOthers({ free, remainder }: DrawnPasswords): Figure[] {
  const lacking = (100 * free.filter((password) => !holdsDemanded(password)).length) / PASSWORDS;
  return [
    counted('choice-lacking', 'random.choice of all: passwords that lack a class', lacking, '%', { least: 1 }),
    counted('choice', 'random.choice of all: largest deviation', fromEqual(free), 'sd', { most: FAIR }),
    counted('remainder', 'remainder of a byte: largest deviation', fromEqual(remainder), 'sd', { least: FAIR }),
  ];
}

/** The largest deviation of a position from what equally likely passwords would show. */
function fromExact(passwords: readonly string[]): number {
  return Math.max(...deviationByPosition(passwords, exactShares(LENGTH, partsOf(DEMANDS))));
}

/** The largest deviation of a position from equally likely characters. */
function fromEqual(passwords: readonly string[]): number {
  const shares = new Map(charactersOf(PRINTABLE).map((character) => [character, 1 / PRINTABLE.length]));
  return Math.max(...deviationByPosition(passwords, shares));
}

function bitsOfFixed(): number {
  return DEMANDED.reduce(
    (bits, name) => bits + Math.log2(charactersOf(PRINTABLE).filter((one) => classOf(one) === name).length),
    (LENGTH - DEMANDED.length) * Math.log2(PRINTABLE.length),
  );
}

/** Every password of a space that is small enough to count each one: equally likely means just that. */
function deviationOfFew(): number {
  const source = openPasswords(FEW);
  const counts = new Map<string, number>();
  for (let n = 0; n < FEW_DRAWN; n++) {
    const password = source.next();
    counts.set(password, (counts.get(password) ?? 0) + 1);
  }
  const cells = Number(source.size);
  const observed = [...counts.values(), ...Array.from({ length: cells - counts.size }, () => 0)];
  const expected = Array.from({ length: cells }, () => FEW_DRAWN / cells);
  return chiSquareDeviation(observed, expected);
}
