/** Computes for so many ms. */
export default function compute(ms: number): number {
  for (const end = performance.now() + ms; performance.now() < end;);
  return ms;
}
