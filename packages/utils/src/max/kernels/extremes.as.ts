// @ts-nocheck AssemblyScript: the grammar of TypeScript, types and operations of WebAssembly. `pnpm kernels` compiles it.
//
// 64 bytes at a time, in four accumulators that do not wait for one another. `pmax` and `pmin` are one instruction of the
// processor each, but pass over NaN and over the sign of a zero, so both are looked at on their own.

/** The largest of `count` doubles from the byte `from` on: NaN where one is, -Infinity where there is none; -0 is less than 0. */
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
  for (const end = from + (count << 3); at < end; at += 8) largest = f64.max(largest, load<f64>(at));
  return largest == 0 && find(from, count, 0) >= 0 ? 0 : largest;
}

/** The smallest; Infinity where there is none. */
export function min(from: usize, count: usize): f64 {
  let a = f64x2.splat(Infinity),
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
    ((a = f64x2.pmin(a, p)), (b = f64x2.pmin(b, q)), (c = f64x2.pmin(c, r)), (d = f64x2.pmin(d, s)));
    nan = v128.or(nan, v128.or(f64x2.ne(p, p), f64x2.ne(q, q)));
    nan2 = v128.or(nan2, v128.or(f64x2.ne(r, r), f64x2.ne(s, s)));
  }
  if (v128.any_true(v128.or(nan, nan2))) return NaN;
  a = f64x2.min(f64x2.min(a, b), f64x2.min(c, d));
  let smallest = f64.min(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1));
  for (const end = from + (count << 3); at < end; at += 8) smallest = f64.min(smallest, load<f64>(at));
  return smallest == 0 && find(from, count, -0.0) >= 0 ? -0.0 : smallest;
}

/** The index of the first double with the bits of `value`, so that 0 is not -0; -1 where there is none. */
export function find(from: usize, count: usize, value: f64): i32 {
  const bits = reinterpret<i64>(value);
  const wanted = i64x2.splat(bits);
  let at = from;
  for (const end = from + ((count & ~7) << 3); at < end; at += 64) {
    const near = v128.or(i64x2.eq(v128.load(at), wanted), i64x2.eq(v128.load(at, 16), wanted));
    const far = v128.or(i64x2.eq(v128.load(at, 32), wanted), i64x2.eq(v128.load(at, 48), wanted));
    if (v128.any_true(v128.or(near, far))) break;
  }
  for (const end = from + (count << 3); at < end; at += 8) if (load<i64>(at) == bits) return i32((at - from) >> 3);
  return -1;
}
