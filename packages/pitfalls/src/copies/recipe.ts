// Claim      A spread copy shares 11 of 17 kinds of value with the original, structuredClone 1.
// Mechanism  A shallow copy copies references. structuredClone knows the built-in types; JSON knows objects, arrays,
//            strings, numbers, booleans and null.
// Use when   shallow: you replace first-level fields; structuredClone: you change deeper ones.
// Do not     copy by JSON what may hold a Date, a Map, undefined or NaN.
// Copy       recipe.ts; Node 22 or newer
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
