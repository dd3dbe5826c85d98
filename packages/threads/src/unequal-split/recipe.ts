// Claim      The largest part bounds the speedup. Where later rows cost more, halves by count allow 1.33x, halves by
//            cost or stripes 2x.
// Mechanism  All threads wait for the last one.
// Use when   you cut work beforehand: compute the bound first.
// Do not     guess costs: stripes come out even where neighbouring rows cost the same. Elsewhere take small parts from a
//            queue.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts unequal-split

/** Every `step`-th row from `from` up to, not including, `to`. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** What a part costs, in comparisons: row i is compared with the i rows before it. */
export function costOf({ from, to, step }: Part): number {
  const count = Math.max(0, Math.ceil((to - from) / step));
  return count * from + (step * count * (count - 1)) / 2;
}

/** The most that a split can gain, on however many threads: 1 where there is no work. */
export function speedupBound(parts: readonly Part[]): number {
  const costs = parts.map(costOf);
  const largest = Math.max(...costs);
  return largest === 0 ? 1 : costs.reduce((sum, cost) => sum + cost, 0) / largest;
}

/** Parts of the same number of rows: the last one has most of the work. */
export function splitByCount(rows: number, parts: number): Part[] {
  return cut(rows, parts, (share) => share);
}

/** Parts of the same cost: the first k rows cost k(k - 1)/2, so a share s of the cost ends at about sqrt(s) of the rows. */
export function splitByCost(rows: number, parts: number): Part[] {
  return cut(rows, parts, Math.sqrt);
}

/** Stripes: with n parts the first takes rows 0, n, 2n ..., the second 1, n + 1, 2n + 1 ...; no cost has to be known. */
export function stripes(rows: number, parts: number): Part[] {
  expectInteger('rows', rows, 0);
  expectInteger('parts', parts, 1);
  return Array.from({ length: parts }, (_, part) => ({ from: part, to: rows, step: parts }));
}

function cut(rows: number, parts: number, endOf: (share: number) => number): Part[] {
  expectInteger('rows', rows, 0);
  expectInteger('parts', parts, 1);
  const ends = Array.from({ length: parts }, (_, part) => Math.round(rows * endOf((part + 1) / parts)));
  return ends.map((to, part) => ({ from: part === 0 ? 0 : ends[part - 1]!, to, step: 1 }));
}

function expectInteger(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`Expected \`${name}\` to be an integer from ${least} up, got ${value}`);
}
