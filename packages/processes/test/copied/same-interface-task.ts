/** The square root of a number. */
export default function root(n: number): number {
  if (n < 0) throw new RangeError(`Expected a number from 0 up, got ${n}`);
  return Math.sqrt(n);
}
