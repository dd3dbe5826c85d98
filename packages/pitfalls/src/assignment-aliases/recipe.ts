// Claim      After `b = a`, a change through `b` shows in `a` for 6 of 6 kinds of object and 0 of 6 kinds of primitive.
// Mechanism  Both names lead to one value. A primitive, which nothing changes in place, looks copied.
// Use when   you want two names for one thing: a cache.
// Do not     assign in order to keep the old state: copy it.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts assignment-aliases

import { inspect } from 'node:util';

export function trap() {
  // #region trap
  const monday = ['write', 'test'];
  const tuesday = monday;
  tuesday.push('release');
  // #endregion
  return { monday, tuesday };
}

export function fix() {
  // #region fix
  const monday = ['write', 'test'];
  const tuesday = [...monday];
  tuesday.push('release');
  // #endregion
  return { monday, tuesday };
}

export function cheaperFix() {
  // #region cheaper
  const monday: readonly string[] = ['write', 'test'];
  const tuesday = monday; // shared: tuesday.push() does not compile
  // #endregion
  return { monday, tuesday };
}

/** For each kind of value: whether a change through the second name is seen through the first. */
export function seenThroughFirstName(): { objects: Record<string, boolean>; primitives: Record<string, boolean> } {
  return {
    objects: {
      array: isSeen([1], (array) => array.push(2)),
      object: isSeen({ cores: 2 }, (object) => (object.cores = 4)),
      Map: isSeen(new Map([['cores', 2]]), (map) => map.set('cores', 4)),
      Set: isSeen(new Set([1]), (set) => set.add(2)),
      Date: isSeen(new Date(0), (date) => date.setUTCFullYear(2_000)),
      Buffer: isSeen(Buffer.from('abc'), (buffer) => (buffer[0] = 0)),
    },
    // There is nothing to change in place: all that `+=` and its like can do is to give the name a new value.
    primitives: {
      string: isSeenAfterAssignment('a', (text) => `${text}b`),
      number: isSeenAfterAssignment(1, (number) => number + 1),
      bigint: isSeenAfterAssignment(1n, (number) => number + 1n),
      boolean: isSeenAfterAssignment(true, (flag) => !flag),
      undefined: isSeenAfterAssignment<undefined | null>(undefined, () => null),
      symbol: isSeenAfterAssignment(Symbol('a'), () => Symbol('b')),
    },
  };
}

function isSeen<T>(first: T, change: (second: T) => unknown): boolean {
  const before = inspect(first);
  const second = first;
  change(second);
  return inspect(first) !== before;
}

function isSeenAfterAssignment<T>(first: T, next: (second: T) => T): boolean {
  const before = inspect(first);
  let second = first;
  second = next(second);
  return inspect(first) !== before || inspect(second) === before;
}
