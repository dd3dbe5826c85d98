/**
 * The entropy of one uniform choice out of `size`, in bits: log2(size).
 *
 * A double holds numbers up to 2^1024 only, so that the leading 64 bits are taken and the others counted.
 */
export function entropyBits(size: bigint): number {
  const shift = Math.max(0, size.toString(2).length - 64);
  return shift + Math.log2(Number(size >> BigInt(shift)));
}

/** '131.0 bits: one of 2.7e39, each as likely as the others'. Cut off, not rounded: no bit is promised that is not there. */
export function describeEntropy(size: bigint): string {
  const bits = (Math.floor(entropyBits(size) * 10) / 10).toFixed(1);
  const digits = size.toString();
  const count = digits.length <= 6 ? digits : `${digits[0]}.${digits[1]}e${digits.length - 1}`;
  return `${bits} bits: one of ${count}, each as likely as the others`;
}
