// Claim      After 256 numbers of Math.random() the next 200 are computed, 200 of 200. `byte % 62` favours 8 of 62
//            letters by 25 %.
// Mechanism  Math.random is xorshift128+, whose output gives away its state. 256 is no multiple of 62.
// Use when   Math.random: jitter, sampling, a demo.
// Do not     use it for passwords, tokens, identifiers in links or a draw with a prize.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts random-passwords

import { randomBytes, randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
export const ALPHABET = LETTERS;
export const LENGTH = 16;

export function trap(): string {
  // #region trap
  const numbers = Array.from({ length: 16 }, () => Math.random() * 64);
  const letters = numbers.map((number) => LETTERS[Math.floor(number)]);
  const password = letters.join('');
  // #endregion
  return password;
}

export function fix(): string {
  // #region fix
  const letters = Array.from({ length: 16 }, () => LETTERS[randomInt(64)]);
  const password = letters.join('');
  // #endregion
  return password;
}

export function cheaperFix(): string {
  // #region cheaper
  const letters = Array.from(randomBytes(16), (byte) => LETTERS[byte % 64]);
  const password = letters.join('');
  // #endregion
  return password;
}

/** Letters of an alphabet of `size` from random bytes, by remainder: biased where 256 is no multiple of `size`. */
export function byRemainder(size: number, count: number): number[] {
  // #region remainder
  const letters = Array.from(randomBytes(count), (byte) => byte % size);
  // #endregion
  return letters;
}

/** Without bias: bytes beyond the last full multiple of `size` are drawn again. */
export function byRejection(size: number, count: number): number[] {
  // #region rejection
  const limit = 256 - (256 % size);
  const letters: number[] = [];
  while (letters.length < count) {
    for (const byte of randomBytes(count - letters.length)) {
      if (byte < limit) letters.push(byte % size);
    }
  }
  // #endregion
  return letters;
}

/** Each letter by `crypto.randomInt`, which draws again where that is needed. */
export function byRandomInt(size: number, count: number): number[] {
  return Array.from({ length: count }, () => randomInt(size));
}
