// Passwords and passphrases from the random source of the system. Nothing is written anywhere, and no error holds one.

import { AMBIGUOUS, CLASSES, classOf, isLetter, PRINTABLE, readAlphabet } from './alphabet.ts';
import type { CharacterClass } from './alphabet.ts';
import { DemandError } from './demand-error.ts';
import { entropyBits } from './entropy.ts';
import { randomBelow } from './random.ts';
import { phraseSpace } from './phrases.ts';
import type { PhraseOptions } from './phrases.ts';
import { passwordSpace, spaceBeginningWith } from './space.ts';
import type { Part, Space } from './space.ts';

export { AMBIGUOUS, charactersOf, CLASSES, classOf, PRINTABLE } from './alphabet.ts';
export type { CharacterClass } from './alphabet.ts';
export { DemandError } from './demand-error.ts';
export { describeEntropy } from './entropy.ts';
export type { PhraseOptions } from './phrases.ts';

export const MOST_CHARACTERS = 4_096;
export const MOST_WORDS = 64;

export interface Demands {
  /** Characters, from 1 to 4,096. */
  readonly length: number;
  /** The characters to draw from, each of them once; the 94 of printable ASCII where it is left out. */
  readonly alphabet?: string;
  /** How many of a class there have to be at least; none where it is left out. */
  readonly least?: Readonly<Partial<Record<CharacterClass, number>>>;
  /** Leaves out 0 O o 1 l I |. */
  readonly excludeAmbiguous?: boolean;
  /** The first character is a letter, as some systems demand of a name or a password. */
  readonly beginWithLetter?: boolean;
}

/** A source of passwords: of all that satisfy the demands, each as likely as every other. */
export interface PasswordSource {
  /** How many there are, exactly. */
  readonly size: bigint;
  /** log2 of `size`, in bits. */
  readonly bits: number;
  next(): string;
}

/**
 * Passwords of characters.
 *
 * @throws DemandError where no password can satisfy the demands
 */
export function openPasswords(demands: Demands): PasswordSource {
  const { length, beginWithLetter = false } = demands;
  const parts = partsOf(demands);
  if (!beginWithLetter) return draw(passwordSpace(length, parts));
  if (!parts.some(({ characters }) => characters.some(isLetter))) {
    throw new DemandError('alphabet', 'to hold a letter to begin with, got none');
  }
  const space = spaceBeginningWith(length, parts, isLetter);
  if (space.size === 0n) {
    throw new DemandError('length', `to be at least ${length + 1} for the classes asked after a letter, got ${length}`);
  }
  return draw(space);
}

/**
 * Words of a list, each drawn by itself.
 *
 * @throws DemandError where `words` is not an integer from 1 to 64, or the words could not be told apart in a passphrase
 */
export function openPassphrases(words: number, options: PhraseOptions = {}): PasswordSource {
  expectInteger('words', words, 1, MOST_WORDS);
  return draw(phraseSpace(words, options));
}

/**
 * The demands checked and taken apart: each class with its characters and its least number, letters without case last.
 *
 * @throws DemandError where no password can satisfy them
 */
export function partsOf({ length, alphabet = PRINTABLE, least = {}, excludeAmbiguous = false }: Demands): Part[] {
  const characters = readAlphabet(alphabet).filter((one) => !excludeAmbiguous || !AMBIGUOUS.includes(one));
  if (characters.length === 0) throw new DemandError('alphabet', 'to hold at least one character, got none');

  expectInteger('length', length, 1, MOST_CHARACTERS);
  const parts = [...CLASSES, 'other' as const].map((name) => ({
    name,
    characters: characters.filter((one) => classOf(one) === name),
    least: name === 'other' ? 0 : (least[name] ?? 0),
  }));
  for (const { name, characters: own, least: wanted } of parts) {
    expectInteger(name, wanted, 0, MOST_CHARACTERS);
    if (wanted > 0 && own.length === 0)
      throw new DemandError(name, `to be 0, as the alphabet holds none, got ${wanted}`);
  }
  const asked = parts.reduce((sum, part) => sum + part.least, 0);
  if (asked > length) {
    const which = parts.filter((part) => part.least > 0).map((part) => `${part.name} ${part.least}`);
    throw new DemandError(
      'length',
      `to be at least ${asked} for the classes asked (${which.join(', ')}), got ${length}`,
    );
  }
  return parts.filter((part) => part.characters.length > 0);
}

function draw(space: Space): PasswordSource {
  const { size } = space;
  return { size, bits: entropyBits(size), next: () => space.at(randomBelow(size)) };
}

function expectInteger(subject: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new DemandError(subject, `to be an integer from ${least} to ${most}, got ${value}`);
}
