// Claim      Functions made in a loop over `var i` all return 3; over `let i` they return 0, 1, 2. Two callers that
//            check, then await, take one seat twice.
// Mechanism  A closure holds the variable, not its value. Across an await other tasks run.
// Use when   a callback shall see the latest value.
// Do not     check, await, and then act on the check.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts closures

/* oxlint-disable eslint/no-var, eslint/block-scoped-var -- they are the trap */

export function trap() {
  // #region trap
  const printers: (() => number)[] = [];
  for (var i = 0; i < 3; i++) printers.push(() => i);
  const printed = printers.map((print) => print());
  // #endregion
  return printed;
}

export function fix() {
  // #region fix
  const printers: (() => number)[] = [];
  for (let i = 0; i < 3; i++) printers.push(() => i);
  const printed = printers.map((print) => print());
  // #endregion
  return printed;
}

export function cheaperFix() {
  // #region cheaper
  const printed = Array.from({ length: 3 }, (_, i) => i);
  // #endregion
  return printed;
}

/** `let` is no help where the variable is outside of the loop: the callback reads it when it runs. */
export async function lateRead() {
  // #region late-read
  let user = 'ann';
  const greeting = Promise.resolve().then(() => `hello ${user}`);
  user = 'bob';
  const greeted = await greeting;
  // #endregion
  return greeted;
}

interface Seats {
  free: number;
}

/** Something that takes at least a turn of the event loop: a payment, a query. */
type Step = () => Promise<void>;

// #region check-then-act
export async function reserve(seats: Seats, pay: Step) {
  if (seats.free === 0) return false;
  await pay(); // meanwhile another caller finds the seat still free
  seats.free -= 1;
  return true;
}
// #endregion

// #region act-at-once
export async function reserveAtOnce(seats: Seats, pay: Step) {
  if (seats.free === 0) return false;
  seats.free -= 1; // check and act in one turn: nothing runs between them
  try {
    await pay();
    return true;
  } catch {
    seats.free += 1; // given back
    return false;
  }
}
// #endregion
