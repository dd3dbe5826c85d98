// The natural logarithm, rounded correctly. V8's `Math.log` is off by one unit in the last place for one argument in twelve
// or so, the C library's that numpy calls for far fewer, and engines may differ: with this one the weights are the same
// everywhere, and nearly always the C library's.
//
// A number here is the sum of two doubles, about 106 bits (T. J. Dekker, "A floating-point technique for extending the
// available precision", Numerische Mathematik 18, 1971).

type Pair = readonly [high: number, low: number];

/** ln 2: the double next to it, and what is missing from that. */
const LN2: Pair = [Math.LN2, 2.319_046_813_846_299_6e-17];

/** ln 2 in two parts again, the first so short that its product with an exponent is exact. */
const LN2_HIGH = Math.fround(Math.LN2);
const LN2_LOW = Math.LN2 - LN2_HIGH + LN2[1];

/** Of the series below: the last one is less than 2^-107 of the first. */
const TERMS = 21;

/** 1, 1/3, 1/5 and so on; made when they are first needed. */
let reciprocals: readonly Pair[] | undefined;

/**
 * The double next to ln x.
 *
 * By ln x = e ln 2 + 2 artanh z, where x is m 2^e, m from sqrt(1/2) to sqrt 2, and z = (m - 1) / (m + 1) at most 0.172, so
 * that the series z + z^3/3 + z^5/5 + ... gains five bits with each term.
 *
 * @param x normal, above 0
 */
export function logarithm(x: number): number {
  let exponent = Math.floor(Math.log2(x));
  if (x / 2 ** exponent > Math.SQRT2) exponent++;
  const mantissa = x / 2 ** exponent; // exact, as is what is subtracted and added next
  const above = mantissa - 1;
  const [sum, sumLow] = exactSum(mantissa, 1);
  // Everything behind z is so small that doubles will do, but for one argument in ten or so (A. Ziv, "Fast evaluation of
  // elementary mathematical functions with correctly rounded last bit", ACM TOMS 17, 1991).
  const z = above / sum;
  const [product, productLow] = exactProduct(z, sum);
  const zLow = (above - product - productLow - z * sumLow) / sum;
  const rest = restOfSeries(z);
  const [high, low] = exactSum(exponent * LN2_HIGH, 2 * z);
  const behind = low + (exponent * LN2_LOW + 2 * (zLow + rest));
  const error = REST_ERROR * Math.abs(rest) + LN2_ERROR * Math.abs(exponent);
  const nearest = high + (behind - error);
  if (nearest === high + (behind + error)) return nearest;
  return add(multiply([exponent, 0], LN2), twiceSeries(divide([above, 0], [sum, sumLow])))[0];
}

/** Of an exponent's product with the second part of ln 2, which is less than 2^-24, and of that part. */
const LN2_ERROR = 2 ** -76;

/** Of twice the rest: some five roundings in a row, u each, and room for three more. */
const REST_ERROR = 2 * 8 * 2 ** -53;

/** z^3/3 + z^5/5 + ...; as one expression, since most programs take too few logarithms for a loop to be compiled. */
function restOfSeries(z: number): number {
  const square = z * z;
  const far = 1 / 15 + square * (1 / 17 + square * (1 / 19 + square * (1 / 21 + square * (1 / 23 + square / 25))));
  const near = square * (1 / 9 + square * (1 / 11 + square * (1 / 13 + square * far)));
  return z * square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + near)));
}

/** 2 (z + z^3/3 + z^5/5 + ...) */
function twiceSeries(z: Pair): Pair {
  reciprocals ??= Array.from({ length: TERMS }, (_, n) => divide([1, 0], [2 * n + 1, 0]));
  const square = multiply(z, z);
  let sum: Pair = [0, 0];
  for (let n = TERMS - 1; n >= 0; n--) sum = add(multiply(sum, square), reciprocals[n]!);
  const [high, low] = multiply(z, sum);
  return [2 * high, 2 * low];
}

/** The sum of two doubles, exactly. */
function exactSum(a: number, b: number): Pair {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

/** The product of two doubles, exactly: of halves of 26 bits each. */
function exactProduct(a: number, b: number): Pair {
  const product = a * b;
  const [aHigh, bHigh] = [upperHalf(a), upperHalf(b)];
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return [product, aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)];
}

function upperHalf(a: number): number {
  const scaled = 0x8_00_00_01 * a; // 2^27 + 1
  return scaled - (scaled - a);
}

function add(a: Pair, b: Pair): Pair {
  const [high, low] = exactSum(a[0], b[0]);
  return exactSum(high, low + a[1] + b[1]);
}

function multiply(a: Pair, b: Pair): Pair {
  const [high, low] = exactProduct(a[0], b[0]);
  return exactSum(high, low + a[0] * b[1] + a[1] * b[0]);
}

/** By long division: three doubles of quotient, each of what the ones before left over. */
function divide(a: Pair, b: Pair): Pair {
  const first = a[0] / b[0];
  const rest = add(a, multiply(b, [-first, 0]));
  const second = rest[0] / b[0];
  const last = add(rest, multiply(b, [-second, 0]))[0] / b[0];
  const [high, low] = exactSum(first, second);
  return exactSum(high, low + last);
}
