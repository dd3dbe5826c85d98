// Recipes that are in use, for comparison. None of them is for passwords.

import { randomBytes, randomInt } from 'node:crypto';
import { charactersOf, CLASSES, classOf, PRINTABLE } from '../alphabet.ts';
import type { CharacterClass } from '../alphabet.ts';

/** `random.choice` of Python, as it is mostly written in JavaScript. */
function choice(characters: string): string {
  return characters[Math.floor(Math.random() * characters.length)]!;
}

const OF_CLASS = Object.fromEntries(
  CLASSES.map((name) => [
    name,
    charactersOf(PRINTABLE)
      .filter((one) => classOf(one) === name)
      .join(''),
  ]),
) as Readonly<Record<CharacterClass, string>>;

/** One character of each class in its known place, and any others after them: the classes are there, the places too. */
export function classesFirst(length: number, classes: readonly CharacterClass[]): string {
  const first = classes.map((name) => choice(OF_CLASS[name]));
  return first.join('') + independent(length - first.length);
}

/**
 * The same, shuffled without bias. The places are hidden, yet a password with many digits can come about in more ways,
 * since any of them may have been the one of the first draw: it comes up more often than it should.
 */
export function classesFirstShuffled(length: number, classes: readonly CharacterClass[]): string {
  const characters = charactersOf(classesFirst(length, classes));
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other]!, characters[last]!];
  }
  return characters.join('');
}

/** Each character by itself: nothing sees to it that a class is there. */
export function independent(length: number): string {
  return Array.from({ length }, () => choice(PRINTABLE)).join('');
}

/** The right source, and the remainder of a byte: 256 is no multiple of 94, so 68 characters get 3 bytes and 26 get 2. */
export function byteRemainder(length: number): string {
  return Array.from(randomBytes(length), (byte) => PRINTABLE[byte % PRINTABLE.length]).join('');
}
