// @ts-nocheck AssemblyScript: the grammar of TypeScript, types and operations of WebAssembly. `pnpm kernels` compiles it.

/**
 * The largest of `count` doubles from the byte `from` on: NaN where one is, -Infinity where there is none; -0 is less than 0.
 *
 * 64 bytes at a time, in four accumulators that do not wait for one another. `pmax` is one instruction of the processor, but
 * passes over NaN and over the sign of a zero, so both are looked at on their own.
 */
export function max(from: usize, count: usize): f64 {
  let a = f64x2.splat(-Infinity),
    b = a,
    c = a,
    d = a;
  let nan = i64x2.splat(0),
    nan2 = nan;
  let at = from;
  for (const end = from + ((count & ~7) << 3); at < end; at += 64) {
    const p = v128.load(at),
      q = v128.load(at, 16),
      r = v128.load(at, 32),
      s = v128.load(at, 48);
    ((a = f64x2.pmax(a, p)), (b = f64x2.pmax(b, q)), (c = f64x2.pmax(c, r)), (d = f64x2.pmax(d, s)));
    nan = v128.or(nan, v128.or(f64x2.ne(p, p), f64x2.ne(q, q)));
    nan2 = v128.or(nan2, v128.or(f64x2.ne(r, r), f64x2.ne(s, s)));
  }
  if (v128.any_true(v128.or(nan, nan2))) return NaN;
  a = f64x2.max(f64x2.max(a, b), f64x2.max(c, d));
  let largest = f64.max(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1));
  const end = from + (count << 3);
  for (; at < end; at += 8) largest = f64.max(largest, load<f64>(at));
  return largest == 0 && hasZero(from, end) ? 0 : largest;
}

/** Whether a zero without a sign is among the doubles: all its bits are 0. */
function hasZero(from: usize, end: usize): bool {
  for (; from < end; from += 8) if (load<u64>(from) == 0) return true;
  return false;
}
