// Every password that satisfies the demands has a number. One uniform number is one uniform password: nothing is
// shuffled, nothing is rejected, and the entropy is the logarithm of the count.

/** A class of characters, and how many of them there have to be at least. */
export interface Part {
  readonly characters: readonly string[];
  readonly least: number;
}

export interface Space {
  /** How many passwords there are, exactly. */
  readonly size: bigint;
  /**
   * The password with that number.
   *
   * @throws RangeError for a number outside of 0 to `size - 1`
   */
  at(index: bigint): string;
}

/**
 * The passwords of `length` characters that hold at least so many of each part. Parts share no character.
 *
 * With n characters of the first part there are C(length, n) ways to place them, a^n ways to choose them from a
 * characters, and as many ways to fill the other positions as the other parts allow (the product rule; the sum over n
 * is the count). `at` goes the same way back, by quotient and remainder: a bijection.
 */
export function passwordSpace(length: number, parts: readonly Part[]): Space {
  const choose = pascalTriangle(length);
  const powers = parts.map(({ characters }) => powersOf(BigInt(characters.length), length));
  const blockOf = (part: number, free: number, taken: number): bigint =>
    choose[free]![taken]! * powers[part]![taken]! * fillings[part + 1]![free - taken]!;

  // fillings[part][free]: in how many ways that part and those after it fill so many free positions.
  const fillings: bigint[][] = [];
  fillings[parts.length] = Array.from({ length: length + 1 }, (_, free) => (free === 0 ? 1n : 0n));
  for (let part = parts.length - 1; part >= 0; part--) {
    fillings[part] = Array.from({ length: length + 1 }, (_, free) => {
      let ways = 0n;
      for (let taken = parts[part]!.least; taken <= free; taken++) ways += blockOf(part, free, taken);
      return ways;
    });
  }
  const size = fillings[0]![length]!;

  return {
    size,
    at(index) {
      if (index < 0n || index >= size)
        throw new RangeError(`Expected \`index\` to be from 0 to ${size - 1n}, got ${index}`);
      const password: string[] = [];
      let free = Array.from({ length }, (_, position) => position);
      let rest = index;
      for (const [part, { characters, least }] of parts.entries()) {
        let taken = least;
        while (rest >= blockOf(part, free.length, taken)) {
          rest -= blockOf(part, free.length, taken);
          taken += 1;
        }

        const others = fillings[part + 1]![free.length - taken]!;
        const own = rest / others;
        rest %= others;
        const chosen = combination(free.length, taken, own / powers[part]![taken]!, choose);
        let letters = own % powers[part]![taken]!;
        for (const slot of chosen) {
          password[free[slot]!] = characters[Number(letters % BigInt(characters.length))]!;
          letters /= BigInt(characters.length);
        }
        free = free.filter((_, slot) => !chosen.has(slot));
      }
      return password.join('');
    },
  };
}

/** The combination with that rank of `taken` slots out of `slots`, those with the first slot before those without. */
function combination(slots: number, taken: number, rank: bigint, choose: readonly bigint[][]): Set<number> {
  const chosen = new Set<number>();
  let left = rank;
  for (let slot = 0; chosen.size < taken; slot++) {
    const withSlot = choose[slots - slot - 1]![taken - chosen.size - 1]!;
    if (left < withSlot) chosen.add(slot);
    else left -= withSlot;
  }
  return chosen;
}

/** triangle[n][k] = C(n, k), 0 where k > n. */
function pascalTriangle(length: number): bigint[][] {
  const triangle = [[1n, ...Array.from({ length }, () => 0n)]];
  for (let n = 1; n <= length; n++) {
    const above = triangle[n - 1]!;
    triangle.push(above.map((count, k) => count + (above[k - 1] ?? 0n)));
  }
  return triangle;
}

function powersOf(base: bigint, most: number): bigint[] {
  const powers = [1n];
  for (let exponent = 1; exponent <= most; exponent++) powers.push(powers[exponent - 1]! * base);
  return powers;
}
