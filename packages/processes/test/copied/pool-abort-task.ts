/** Counts up to a number; never ends for Infinity. */
export default function count(to: number): number {
  let n = 0;
  while (n < to) n++;
  return n;
}
