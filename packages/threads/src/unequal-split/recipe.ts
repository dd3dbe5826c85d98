// Claim      The largest part of a split bounds its speedup: whole work / largest part. Rows that cost more and more, cut
//            into two halves of the same number, allow 1.33 and get it; two halves of the same cost, or two stripes, allow 2.
// Mechanism  Everybody waits for the last one. More threads do not help: the bound is in the split.
// Use when   you cut work beforehand: compute the bound before you look for the fault in the threads.
// Do not     guess costs where you need not: where neighbouring rows cost about the same, stripes come out even by
//            themselves. Where costs are anybody's guess, hand out many small pieces from a queue.
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
