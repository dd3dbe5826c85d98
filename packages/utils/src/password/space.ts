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
  const fillings = countFillings(length, parts);
  const size = fillings[0]![length]!;
  return {
    size,
    at(index) {
      expectWithin(index, size);
      const password: string[] = [];
      let free = Array.from({ length }, (_, position) => position);
      let rest = index;
      for (const [part, { characters }] of parts.entries()) {
        const others = fillings[part + 1]!;
        const block = blockAt(rest, free.length, parts.slice(part), others);
        const own = block.rest / others[free.length - block.taken]!;
        rest = block.rest % others[free.length - block.taken]!;
        const base = BigInt(characters.length);
        const choices = base ** BigInt(block.taken);
        let letters = own % choices;
        const chosen = combination(free.length, block.taken, own / choices, block.ways);
        for (const slot of chosen) {
          password[free[slot]!] = characters[Number(letters % base)]!;
          letters /= base;
        }
        free = free.filter((_, slot) => !chosen.has(slot));
      }
      return password.join('');
    },
  };
}

/**
 * Those of the passwords that begin with one of some characters: each of these, and then a shorter password that has to hold
 * one less of its part.
 */
export function spaceBeginningWith(length: number, parts: readonly Part[], isFirst: (one: string) => boolean): Space {
  const branches = parts.flatMap((part) => {
    const firsts = part.characters.filter(isFirst);
    if (firsts.length === 0) return [];
    const less = parts.map((one) => (one === part ? { ...one, least: Math.max(0, one.least - 1) } : one));
    const others = passwordSpace(length - 1, less);
    return [{ firsts, others, size: BigInt(firsts.length) * others.size }];
  });
  const all = branches.reduce((sum, { size }) => sum + size, 0n);
  return {
    size: all,
    at(index) {
      expectWithin(index, all);
      let rest = index;
      const branch = branches.find(({ size }) => rest < size || ((rest -= size), false))!;
      return branch.firsts[Number(rest / branch.others.size)]! + branch.others.at(rest % branch.others.size);
    },
  };
}

function expectWithin(index: bigint, size: bigint): void {
  if (index >= 0n && index < size) return;
  throw new RangeError(`Expected \`index\` to be from 0 to ${size - 1n}, got ${index}`);
}

/**
 * fillings[part][free]: in how many ways that part and those after it fill so many free positions. The last has no part left.
 *
 * A filling of one more position by parts that hold a characters together is one of the a times as many with any of them
 * there, or one with the last character of a part that it needed: that part's least but one in the other positions, and
 * those left filled by the other parts. So each count takes one step from the one before it, for every set of the parts
 * with a least.
 */
function countFillings(length: number, parts: readonly Part[]): bigint[][] {
  const known = new Map<string, bigint[]>();
  const countsOf = (set: readonly Part[]): bigint[] => {
    const key = set.map((part) => parts.indexOf(part)).join();
    const counted = known.get(key) ?? countSet(length, set, countsOf);
    known.set(key, counted);
    return counted;
  };
  return Array.from({ length: parts.length + 1 }, (_, part) => countsOf(parts.slice(part)));
}

function countSet(
  length: number,
  set: readonly Part[],
  countsOf: (set: readonly Part[]) => readonly bigint[],
): bigint[] {
  const together = BigInt(set.reduce((sum, { characters }) => sum + characters.length, 0));
  const needed = set
    .filter(({ least }) => least > 0)
    .map((part) => ({
      least: part.least,
      others: countsOf(set.filter((one) => one !== part)),
      // a^least C(n - 1, least - 1), for the n that is at hand
      placed: BigInt(part.characters.length) ** BigInt(part.least),
    }));
  const counts = [needed.length === 0 ? 1n : 0n];
  for (let n = 1; n <= length; n++) {
    let ways = together * counts[n - 1]!;
    for (const part of needed) {
      if (n < part.least) continue;
      if (n > part.least) part.placed = (part.placed * BigInt(n - 1)) / BigInt(n - part.least);
      ways += part.placed * part.others[n - part.least]!;
    }
    counts.push(ways);
  }
  return counts;
}

interface Block {
  /** Characters of the first part. */
  readonly taken: number;
  /** C(free, taken) */
  readonly ways: bigint;
  /** The number within the passwords with so many. */
  readonly rest: bigint;
}

/**
 * How many characters of the first part the password with that number has. The likely numbers are looked at first, from
 * the average outwards: of 4,096 characters some thirty numbers are likely, not a thousand.
 */
function blockAt(index: bigint, free: number, [part, ...after]: readonly Part[], others: readonly bigint[]): Block {
  const least = part!.least;
  const most = free - after.reduce((sum, one) => sum + one.least, 0);
  const own = part!.characters.length;
  const all = after.reduce((sum, { characters }) => sum + characters.length, own);
  const average = Math.min(most, Math.max(least, after.length === 0 ? free : Math.round((free * own) / all)));

  const [n, a] = [BigInt(free), BigInt(own)];
  let up = { taken: average, ways: choose(free, average), choices: a ** BigInt(average) };
  let down = up;
  let rest = index;
  const isWithin = ({ taken, ways, choices }: typeof up): boolean => {
    const size = ways * choices * others[free - taken]!;
    if (rest < size) return true;
    rest -= size;
    return false;
  };
  if (isWithin(up)) return { ...up, rest };
  for (;;) {
    if (up.taken < most) {
      const taken = BigInt(up.taken);
      up = { taken: up.taken + 1, ways: (up.ways * (n - taken)) / (taken + 1n), choices: up.choices * a };
      if (isWithin(up)) return { ...up, rest };
    }
    if (down.taken > least) {
      const taken = BigInt(down.taken);
      down = { taken: down.taken - 1, ways: (down.ways * taken) / (n - taken + 1n), choices: down.choices / a };
      if (isWithin(down)) return { ...down, rest };
    }
  }
}

/** C(n, k) */
function choose(n: number, k: number): bigint {
  let ways = 1n;
  for (let taken = 1; taken <= Math.min(k, n - k); taken++) ways = (ways * BigInt(n - taken + 1)) / BigInt(taken);
  return ways;
}

/**
 * The combination with that rank of `taken` slots out of `slots`, those with the first slot before those without.
 *
 * @param ways C(slots, taken)
 */
function combination(slots: number, taken: number, rank: bigint, ways: bigint): Set<number> {
  const chosen = new Set<number>();
  let left = rank;
  let open = ways; // C(slots that are left, slots that are still to be taken)
  for (let slot = 0; chosen.size < taken; slot++) {
    const withSlot = (open * BigInt(taken - chosen.size)) / BigInt(slots - slot);
    if (left < withSlot) {
      chosen.add(slot);
      open = withSlot;
    } else {
      left -= withSlot;
      open -= withSlot;
    }
  }
  return chosen;
}
