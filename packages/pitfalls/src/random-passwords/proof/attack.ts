// The attack: from some of the output, compute the rest.

import { foretell } from './foretell.ts';
import { ALPHABET, LENGTH } from '../recipe.ts';
import { BITS } from './xorshift.ts';

/** Passwords after which the next is foretold: 9,600 letters. */
export const PASSWORDS_SEEN = 600;

/** How many of the next `count` results of Math.random() are foretold exactly after `seen` of them. */
export function foretoldNumbers(seen: number, count: number): number {
  const numbers = foretell(Array.from({ length: seen }, () => Math.random() * 2 ** BITS));
  if (numbers === undefined) return 0;
  return Array.from({ length: count }, Math.random).filter((number) => number === numbers.next().value).length;
}

/** Foretells the password that `make` will make next, from `seen` of its passwords; undefined where that fails. */
export function foretellPassword(make: () => string, seen: number, mostTries?: number): string | undefined {
  const letters = Array.from({ length: seen }, make).join('');
  // Each letter of an alphabet of 64 shows the first 6 bits of its number.
  const seenLetters = Array.from(letters, (letter) => ALPHABET.indexOf(letter));
  const numbers = foretell(seenLetters, { bits: Math.log2(ALPHABET.length), ...(mostTries && { mostTries }) });
  if (numbers === undefined) return undefined;
  return Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(numbers.next().value * ALPHABET.length)]).join('');
}

/** The state behind Math.random is found in so many tries nearly always; here there is none to find. */
const TRIES = 25;

/** Whether the next password that `make` makes is foretold after 600 of its passwords. */
export function isForetold(make: () => string): boolean {
  return foretellPassword(make, PASSWORDS_SEEN, TRIES) === make();
}
