// Claim      `Math.max(...samples)` throws a RangeError from a length on that depends on the stack, and is shorter in
//            deep calls.
// Mechanism  Spread makes every element an argument, and arguments lie on the stack, about 1 MB.
// Use when   the array is short, and your own code bounds its length.
// Do not     spread what a user, a file or a network sends; `push(...samples)` has the same limit.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts math-max-spread

export function trap(samples: readonly number[]): number {
  // #region trap
  const peak = Math.max(...samples);
  // #endregion
  return peak;
}

export function fix(samples: readonly number[]): number {
  // #region fix
  const peak = samples.reduce((a, b) => Math.max(a, b), -Infinity);
  // #endregion
  return peak;
}

export function cheaperFix(samples: readonly number[]): number {
  // #region cheaper
  let peak = -Infinity;
  for (const sample of samples) {
    if (sample > peak) peak = sample; // passes over NaN
  }
  // #endregion
  return peak;
}

/** Elements of the longest array that a function takes without a RangeError: doubled until it throws, then bisected. */
export function longestTaken(take: (samples: readonly number[]) => unknown, most = 2_000_000): number {
  let [works, fails] = [0, 1_000];
  while (fails < most && takes(take, rising(fails))) [works, fails] = [fails, fails * 2];
  while (fails - works > 1) {
    const length = Math.floor((works + fails) / 2);
    if (takes(take, rising(length))) works = length;
    else fails = length;
  }
  return works;
}

/** The numbers from 1 to `length`. */
export function rising(length: number): number[] {
  return Array.from({ length }, (_, index) => index + 1);
}

/** The same from within so many calls of a function: what they have put on the stack is not there for the arguments. */
export function longestTakenBelow(depth: number, take: (samples: readonly number[]) => unknown): number {
  return depth === 0 ? longestTaken(take) : longestTakenBelow(depth - 1, take);
}

function takes(take: (samples: readonly number[]) => unknown, samples: readonly number[]): boolean {
  try {
    take(samples);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
