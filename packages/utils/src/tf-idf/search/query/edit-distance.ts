// Whether a word is another one with one slip.

/**
 * Whether one letter was left out, put in or replaced, or two neighbours exchanged: the distance of F. J. Damerau, "A
 * technique for computer detection and correction of spelling errors", CACM 7(3), 1964, is 1.
 */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end += 1;
  const left = short.length - start - end; // letters that differ
  if (long.length > short.length) return left === 0;
  return left === 1 || (left === 2 && short[start] === long[start + 1] && short[start + 1] === long[start]);
}
