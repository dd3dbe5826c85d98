// Claim      `Array(3).fill([])` holds one array three times: one push shows in 3 of 3 rows.
// Mechanism  The argument of `fill` is evaluated once, and the reference to it is stored in every place.
// Use when   the value is a number, a string or frozen, or the places are meant to share it.
// Do not     fill with `[]`, `{}` or `new Map()`: make one for each place.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts nested-array

/* oxlint-disable unicorn/no-new-array, unicorn/no-array-fill-with-reference-type -- it is the trap */

export function trap() {
  // #region trap
  const grid = new Array<number[]>(3).fill([]);
  grid[0]!.push(1);
  // #endregion
  return grid;
}

export function fix() {
  // #region fix
  const grid = Array.from({ length: 3 }, (): number[] => []);
  grid[0]!.push(1);
  // #endregion
  return grid;
}

export function cheaperFix() {
  const [rows, columns] = [3, 4];
  const [row, column] = [0, 1];
  // #region cheaper
  const grid = new Uint8Array(rows * columns); // one object for all rows
  grid[row * columns + column] = 1;
  // #endregion
  return { grid, rows, columns };
}

/** The same with objects. */
export function trapWithObjects() {
  const hosts = new Array<{ load?: number }>(3).fill({});
  hosts[0]!.load = 0.5;
  return hosts;
}
