// Passwords by the generator of this folder and by four recipes in use, as many of each.

import { charactersOf, classOf } from '../alphabet.ts';
import { openPasswords } from '../index.ts';
import type { CharacterClass, Demands } from '../index.ts';
import { byteRemainder, classesFirst, classesFirstShuffled, independent } from './usual-recipes.ts';

export const LENGTH = 20;
export const DEMANDED: readonly CharacterClass[] = ['upper', 'digits', 'symbols'];
export const DEMANDS: Demands = { length: LENGTH, least: { upper: 1, digits: 1, symbols: 1 } };
/** A million characters. */
export const PASSWORDS = 50_000;
/** Standard deviations that a fair source exceeds once in 3.5 million trials. */
export const FAIR = 5;

export interface DrawnPasswords {
  readonly ours: readonly string[];
  readonly fixed: readonly string[];
  readonly shuffled: readonly string[];
  readonly free: readonly string[];
  readonly remainder: readonly string[];
}

/** @throws the signal's reason when aborted */
export async function drawPasswords(signal: AbortSignal): Promise<DrawnPasswords> {
  const source = openPasswords(DEMANDS);
  return {
    ours: await draw(() => source.next(), signal),
    fixed: await draw(() => classesFirst(LENGTH, DEMANDED), signal),
    shuffled: await draw(() => classesFirstShuffled(LENGTH, DEMANDED), signal),
    free: await draw(() => independent(LENGTH), signal),
    remainder: await draw(() => byteRemainder(LENGTH), signal),
  };
}

/** In slices, so that Ctrl-C is noticed between them. */
async function draw(next: () => string, signal: AbortSignal): Promise<string[]> {
  const drawn: string[] = [];
  while (drawn.length < PASSWORDS) {
    for (let n = 0; n < PASSWORDS / 10; n++) drawn.push(next());
    await new Promise(setImmediate);
    signal.throwIfAborted();
  }
  return drawn;
}

export function holdsDemanded(password: string): boolean {
  return DEMANDED.every((name) => charactersOf(password).some((one) => classOf(one) === name));
}
