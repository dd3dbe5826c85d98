// Claim      `Array.from({ length: 3 }, () => [])` makes 3 arrays; `new Array(3).map(() => [])` makes none.
// Mechanism  Array.from counts to length. `map` visits the elements that there are, and `new Array(3)` has none.
// Use when   every place needs an object of its own.
// Do not     build rows that may never be used: make them when they are asked for.
// Copy       recipe.ts; Node 26 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts comprehension

/* oxlint-disable unicorn/no-new-array -- it is the trap */

export function trap() {
  // #region trap
  const rows = new Array<number[]>(3).map((): number[] => []);
  // #endregion
  return rows;
}

/** How often map has called its function. */
export function callsOfMap(): number {
  let calls = 0;
  new Array<number[]>(3).map(() => (calls += 1));
  return calls;
}

/** The function is called for each place, and returns the one array that it names. */
export function namesOneRow() {
  // #region names-one
  const row: number[] = [];
  const rows = Array.from({ length: 3 }, () => row);
  // #endregion
  return rows;
}

export function fix() {
  // #region fix
  const rows = Array.from({ length: 3 }, (): number[] => []);
  // #endregion
  return rows;
}

export function cheaperFix() {
  // #region cheaper
  const rows = new Map<number, number[]>();
  // Only the rows that are used are made.
  rows.getOrInsertComputed(2, () => []).push(1);
  // #endregion
  return rows;
}
