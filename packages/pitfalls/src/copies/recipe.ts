// Claim      Of 17 kinds of value, spread, Object.assign and slice share 11 with the original. structuredClone keeps 12 and
//            shares 1, and strips classes, getters and symbol keys; JSON keeps 1, plain objects.
// Mechanism  A shallow copy copies references. structuredClone follows the structured clone algorithm, which knows the
//            built-in types; JSON knows objects, arrays, strings, finite numbers, booleans and null.
// Use when   shallow: you replace first-level fields; structuredClone: you change what lies deeper.
// Do not     copy by JSON.parse(JSON.stringify(x)) what may hold a Date, a Map, undefined or NaN.
// Run        pnpm tsx packages/pitfalls/src/main.ts copies

interface Job {
  readonly name: string;
  readonly limits: { cores: number };
  readonly due: Date;
}

function makeJob(): Job {
  return { name: 'build', limits: { cores: 2 }, due: new Date(0) };
}

export function trap() {
  const job = makeJob();
  // #region trap
  const copy = { ...job };
  copy.limits.cores = 64;
  // #endregion
  return { job, copy };
}

export function fix() {
  const job = makeJob();
  // #region fix
  const copy = structuredClone(job);
  copy.limits.cores = 64;
  // #endregion
  return { job, copy };
}

export function cheaperFix() {
  const job = makeJob();
  // #region cheaper
  const copy = { ...job, limits: { ...job.limits, cores: 64 } };
  // #endregion
  return { job, copy };
}
