// Which characters a password may hold, and of which class each one is.

import { DemandError } from './demand-error.ts';

export const CLASSES = ['upper', 'lower', 'digits', 'symbols'] as const;

/** The classes one can ask for. A letter without case, such as a Chinese one, is of none of them: 'other'. */
export type CharacterClass = (typeof CLASSES)[number];

/** The 94 characters that every keyboard and every form accepts: printable ASCII without the space. */
export const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(0x21 + index)).join('');

/** Characters that are taken for one another when they are read from paper or out loud. */
export const AMBIGUOUS = '0Oo1lI|';

/** The characters of a text, those beyond the first 65,536 whole. */
export function charactersOf(text: string): string[] {
  return Array.from(text);
}

/** The class of one character, by its category in Unicode. */
export function classOf(character: string): CharacterClass | 'other' {
  if (/^\p{Lu}$/u.test(character)) return 'upper';
  if (/^\p{Ll}$/u.test(character)) return 'lower';
  if (/^\p{Nd}$/u.test(character)) return 'digits';
  return /^[\p{P}\p{S} ]$/u.test(character) ? 'symbols' : 'other';
}

/**
 * The characters of an alphabet, each by itself.
 *
 * @throws DemandError for a character that stands twice, which would be drawn twice as often, and for one that cannot
 *   be seen or that joins the one before it, such as a tab or a combining accent
 */
export function readAlphabet(alphabet: string): string[] {
  const characters = charactersOf(alphabet);
  const unfit = characters.find((character) => !/^[\p{L}\p{N}\p{P}\p{S} ]$/u.test(character));
  if (unfit !== undefined) {
    throw new DemandError('alphabet', `to hold printable characters, got ${codePoint(unfit)}`);
  }
  const twice = characters.find((character, index) => characters.indexOf(character) !== index);
  if (twice !== undefined) throw new DemandError('alphabet', `to hold every character once, got '${twice}' twice`);
  return characters;
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
