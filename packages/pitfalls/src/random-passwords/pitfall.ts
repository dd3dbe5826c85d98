import type { Pitfall } from '../pitfall/pitfall.ts';
import { foretellPassword, PASSWORDS_SEEN } from './proof/attack.ts';
import { LENGTH, trap } from './recipe.ts';

const CHOICES = [
  'nothing: they are random',
  'which letters come more often',
  'the next password, letter for letter',
] as const;

export const pitfall: Pitfall = {
  name: 'random-passwords',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`Math.random()` for a password',
  surprise: 'From 600 of the passwords the next one can be computed.',
  question: `An attacker has seen ${PASSWORDS_SEEN} passwords in a row. What can be known about the next?`,
  choices: CHOICES,
  expected: CHOICES[0],
  happens() {
    const foretold = foretellPassword(trap, PASSWORDS_SEEN);
    const next = trap();
    if (foretold === next) return CHOICES[2];
    return foretold?.length === LENGTH ? 'a password, but not the next one' : CHOICES[0];
  },
  why:
    'Math.random holds 128 bits of state. What it gives out are sums of bits of that state, so enough output is a system of ' +
    'equations; its solution gives all that follows. It was never meant to be a secret.',
  fix: "randomInt draws from the system's random source, without bias for any size of alphabet.",
  cheaper:
    'One call for all bytes. The remainder is fair for 64 letters; for 62 it is not, and bytes from 248 on must be drawn again.',
  also: [
    {
      says: 'a remainder is biased where 256 is no multiple of size: of 62 letters the first 8 come 25 % more often.',
      region: 'remainder',
    },
    { says: 'bytes beyond the last full multiple of size are drawn again.', region: 'rejection' },
  ],
  more:
    'On Node 26 the numbers are sums of two words, and the carries of these sums keep linear algebra alone from ' +
    'solving them. [foretell.ts](proof/foretell.ts) guesses the carries that are nearly certain, and solves for ' +
    'the rest.',
  types: 'Nothing: both are numbers.',
  wanted: 'Math.random is quick and good enough for jitter, sampling and games without stakes.',
};
