/** The square root of a number. */
export default function root(n: number): number {
  if (n < 0) throw new RangeError(`Expected a number from 0 up, got ${n}`);
  if (Number.isNaN(n)) process.exit(1); // as a crash would
  return Math.sqrt(n);
}
