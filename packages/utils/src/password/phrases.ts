// Passphrases: words, what stands between them, capitals, and a digit.

import { charactersOf } from './alphabet.ts';
import { DemandError } from './demand-error.ts';
import type { Space } from './space.ts';
import { WORDS } from './words.ts';

export interface PhraseOptions {
  /** Stands between two words; '-' where it is left out. */
  readonly separator?: string;
  /** Each word begins with a capital letter. */
  readonly capitals?: boolean;
  /** A digit follows one of the words. */
  readonly number?: boolean;
  /** The words to draw from, each of them once; 2,048 of English where it is left out. */
  readonly list?: readonly string[];
}

/**
 * The passphrases of so many words. Different choices are different texts, or the entropy would be less than promised: with
 * 'a', 'b', 'ab' and nothing between the words, 'ab' and 'a' would be 'a' and 'ba'.
 *
 * @throws DemandError where two choices might be one text
 */
export function phraseSpace(
  count: number,
  { separator = '-', capitals = false, number = false, list = WORDS }: PhraseOptions,
): Space {
  const words = capitals ? list.map(capitalize) : list;
  expectDifferent(words);
  expectApart(words, separator, capitals);
  if (number) expectNoDigit([...words, separator]);

  const base = BigInt(words.length);
  const choices = base ** BigInt(count);
  return {
    size: number ? choices * 10n * BigInt(count) : choices,
    at(index) {
      const drawn = Array.from({ length: count }, (_, place) => words[Number((index / base ** BigInt(place)) % base)]!);
      if (number) {
        const rest = Number(index / choices); // 10 digits at each of the words
        drawn[Math.floor(rest / 10)] += String(rest % 10);
      }
      return drawn.join(separator);
    },
  };
}

/** The words of a list, one a line, a number for dice before it or not, as in the lists of the EFF. */
export function readWords(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n|\r/)
    .map((line) => line.trim().replace(/^[1-6]+\s+/, ''))
    .filter((word) => word !== '');
}

function capitalize(word: string): string {
  const [first = '', ...others] = charactersOf(word);
  return first.toUpperCase() + others.join('');
}

function expectDifferent(words: readonly string[]): void {
  if (words.length < 2) throw new DemandError('word-list', `to hold at least two words, got ${words.length}`);
  const seen = new Set<string>();
  for (const word of words) {
    if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(word)) {
      throw new DemandError('word-list', `to hold one word on a line, got ${JSON.stringify(word)}`);
    }
    const spelling = word.normalize('NFC');
    if (seen.has(spelling)) throw new DemandError('word-list', `to hold every word once, got '${word}' twice`);
    seen.add(spelling);
  }
}

/** A character of the separator in no word, or a capital letter at the start of each word and nowhere else. */
function expectApart(words: readonly string[], separator: string, capitals: boolean): void {
  if (/[\p{C}\p{M}]/u.test(separator)) {
    throw new DemandError('separator', `to be printable characters, got ${JSON.stringify(separator)}`);
  }
  if (separator === '') {
    const joined = capitals ? words.find((word) => !/^\p{Lu}\P{Lu}*$/u.test(word)) : words[0];
    if (joined === undefined) return;
    const what = capitals ? `words with one capital each, got '${joined}'` : 'capitals, got none';
    throw new DemandError('separator', `to be left empty only with ${what}`);
  }
  const parts = new Set(charactersOf(separator));
  const holding = words.find((word) => charactersOf(word).some((character) => parts.has(character)));
  if (holding !== undefined) {
    throw new DemandError(
      'separator',
      `to be of characters that no word holds, got '${separator}' beside '${holding}'`,
    );
  }
}

function expectNoDigit(texts: readonly string[]): void {
  const holding = texts.find((text) => /\p{Nd}/u.test(text));
  if (holding === undefined) return;
  throw new DemandError('number', `to be asked of words and a separator without digits, got '${holding}'`);
}
