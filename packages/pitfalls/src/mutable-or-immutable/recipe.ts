// Claim      `sort`, `reverse`, `splice` and six more change their array; `toSorted` and eight more make a new one.
// Mechanism  Arrays, Maps and Dates change in place. `sort` also returns its array, which looks like a new one.
// Use when   the array is your own: sorting it in place saves a copy.
// Do not     sort or splice an array that came in as an argument.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts mutable-or-immutable

/* oxlint-disable unicorn/no-array-sort, unicorn/no-array-reverse -- they are the trap */

export function trap() {
  // #region trap
  const samples = [30, 10, 20];
  const sorted = samples.sort((a, b) => a - b);
  const first = samples[0];
  // #endregion
  return { samples, sorted, first };
}

export function fix() {
  // #region fix
  const samples = [30, 10, 20];
  const sorted = samples.toSorted((a, b) => a - b);
  const first = samples[0];
  // #endregion
  return { samples, sorted, first };
}

export function cheaperFix(hosts: readonly { readonly load: number }[] = [{ load: 3 }, { load: 1 }, { load: 2 }]) {
  // #region cheaper
  const loads = hosts.map(({ load }) => load); // made just now
  const sorted = loads.sort((a, b) => a - b);
  // #endregion
  return { hosts, sorted };
}

/** `const` holds the name, `Object.freeze` the first level: the inner object changes all the same. */
export function shallowFreeze() {
  // #region freeze
  const settings = Object.freeze({ name: 'lab', limits: { cores: 2 } });
  settings.limits.cores = 64;
  // #endregion
  return settings;
}
