/** The sum of the numbers from 1 to `n`. */
export default function sum(n: number): number {
  let total = 0;
  for (let next = 1; next <= n; next++) total += next;
  return total;
}
