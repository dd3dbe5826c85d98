// `Math.max(...values)`: how many values it takes on the stack of this thread.

/** Never reached: a hundred times what the stack of a thread has been seen to take. */
const MOST = 50_000_000;

/** The longest array that `Math.max(...)` takes here, in elements: doubled until it throws, then bisected. */
export function longestSpread(): number {
  let [works, fails] = [0, 1_000];
  while (fails < MOST && takes(fails)) [works, fails] = [fails, fails * 2];
  while (fails - works > 1) {
    const length = Math.floor((works + fails) / 2);
    if (takes(length)) works = length;
    else fails = length;
  }
  return works;
}

function takes(length: number): boolean {
  const values = Array.from<number>({ length }).fill(1);
  try {
    return Math.max(...values) === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
