// Linear equations over the field of two elements, where adding is exclusive or.

const UNKNOWNS = 128;
/** Words of 32 bits that say which unknowns an equation adds up. One more word, the last, is their sum: 0 or 1. */
const TERMS = UNKNOWNS / 32;
export const WORDS = TERMS + 1;

/**
 * The unknowns that the first 128 independent equations determine, found by Gaussian elimination; equations that say
 * nothing new are skipped, so a contradiction is not noticed: check the solution.
 *
 * @returns four words, the first unknown in the lowest bit of the first; undefined where there are too few equations
 */
export function solve(equations: Iterable<Uint32Array>): Uint32Array | undefined {
  // A reduced equation for each unknown that leads one: in the first word that has any, the highest bit.
  const leads: (Uint32Array | undefined)[] = Array.from({ length: UNKNOWNS });
  let rank = 0;
  const row = new Uint32Array(WORDS);
  for (const equation of equations) {
    row.set(equation);
    const lead = reduce(row, leads);
    if (lead === undefined) continue;
    leads[lead] = row.slice();
    rank += 1;
    if (rank === UNKNOWNS) return substitute(leads as Uint32Array[]);
  }
  return undefined;
}

/** Takes known leads out of the row; returns the one that it is left with, undefined where nothing is left. */
function reduce(row: Uint32Array, leads: readonly (Uint32Array | undefined)[]): number | undefined {
  for (let word = 0; word < TERMS; word++) {
    while (row[word] !== 0) {
      const lead = word * 32 + 31 - Math.clz32(row[word]!);
      const known = leads[lead];
      if (known === undefined) return lead;
      for (let at = word; at < WORDS; at++) row[at]! ^= known[at]!;
    }
  }
  return undefined;
}

/** Backwards, last word first and lowest bit first: all unknowns but the leading one are known by then. */
function substitute(leads: readonly Uint32Array[]): Uint32Array {
  const solution = new Uint32Array(TERMS);
  for (let word = TERMS - 1; word >= 0; word--) {
    for (let bit = 0; bit < 32; bit++) {
      const row = leads[word * 32 + bit]!;
      let known = 0;
      for (let at = word; at < TERMS; at++) known ^= row[at]! & solution[at]!;
      if ((parity(known) ^ row[TERMS]!) === 1) solution[word]! |= 1 << bit;
    }
  }
  return solution;
}

/** 1 where the number of ones is odd. */
function parity(word: number): number {
  let folded = word;
  for (const shift of [16, 8, 4, 2, 1]) folded ^= folded >>> shift;
  return folded & 1;
}
