import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logarithm } from '../../../src/tf-idf/model/logarithm.ts';

/** Fixed point with so many bits behind the point: twice what two doubles hold. */
const BITS = 220n;

/** 2 artanh(p / q), by its series, in fixed point. */
function twiceArtanh(p: bigint, q: bigint): bigint {
  const z = (p << BITS) / q;
  const square = (z * z) >> BITS;
  let sum = 0n;
  for (let power = z, n = 1n; power !== 0n; power = (power * square) >> BITS, n += 2n) sum += power / n;
  return 2n * sum;
}

const LN2 = twiceArtanh(1n, 3n);

/** ln x in fixed point: x is a fraction of two integers, and halved or doubled until the series is short. */
function exactly(x: number): bigint {
  const exponent = Math.floor(Math.log2(x));
  const scale = 2n ** 60n;
  const mantissa = BigInt((x / 2 ** exponent) * 2 ** 52) << 8n; // from 2^60 to 2^61
  return BigInt(exponent) * LN2 + twiceArtanh(mantissa - scale, mantissa + scale);
}

const fixed = (x: number): bigint => {
  const [bits] = new BigInt64Array(Float64Array.of(x).buffer);
  const exponent = (bits! >> 52n) - 1_075n;
  return (((bits! & 0xf_ff_ff_ff_ff_ff_ffn) | 0x10_00_00_00_00_00_00n) << (BITS + exponent + 200n)) >> 200n;
};

/** Whether no double is nearer: twice the error is at most the distance to a neighbour. */
function isNearest(x: number, value: number): boolean {
  if (x === 1) return value === 0;
  const [exact, own] = [exactly(x), fixed(Math.abs(value))];
  const off = (value < 0 ? -exact : exact) - own;
  const [bits] = new BigInt64Array(Float64Array.of(Math.abs(value)).buffer);
  const next = new Float64Array(BigInt64Array.of(bits! + (off > 0n ? 1n : -1n)).buffer)[0]!;
  const gap = fixed(next) - own;
  return 2n * (off < 0n ? -off : off) <= (gap < 0n ? -gap : gap);
}

test('the logarithm is the nearest double, for idfs, counts and any argument', () => {
  const ratio = fc.tuple(fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 1e7 }));
  const argument = fc.oneof(
    ratio.map(([a, b]) => (Math.max(a, b) + 1) / (Math.min(a, b) + 1)),
    fc.integer({ min: 1, max: 2 ** 31 }),
    fc.double({ min: 1e-9, max: 1e18, noNaN: true }),
  );
  fc.assert(
    fc.property(argument, (x) => isNearest(x, logarithm(x))),
    { numRuns: 5_000 },
  );
});

test('where Math.log is not the nearest double, that is seen', () => {
  const ratios = Array.from({ length: 2_000 }, (_, n) => 2_001 / (n + 1));
  expect(ratios.filter((x) => !isNearest(x, Math.log(x))).length).toBeGreaterThan(20);
  expect(ratios.filter((x) => !isNearest(x, logarithm(x)))).toEqual([]);
  expect([logarithm(1), logarithm(2), logarithm(Math.E)]).toEqual([0, Math.LN2, 1]);
});
