// Which patterns split documents into tokens.

/**
 * Two word characters or more: what `(?u)\b\w\w+\b` finds in Python, whose `\w` is a letter, a number of any kind or `_`.
 * Marks that combine are no word characters.
 */
export const DEFAULT_TOKEN_PATTERN: RegExp = /[\p{L}\p{N}_]{2,}/gu;

/** @throws TypeError or RangeError where the pattern cannot split text into tokens */
export function checkPattern(pattern: unknown): RegExp {
  if (!(pattern instanceof RegExp)) {
    throw new TypeError(`Expected \`tokenPattern\` to be a regular expression, got ${String(pattern)}`);
  }
  if (!pattern.unicode && !pattern.unicodeSets) {
    throw new RangeError(`Expected \`tokenPattern\` to have the flag u or v, got ${pattern}`);
  }
  if (pattern.sticky) throw new RangeError(`Expected \`tokenPattern\` not to be sticky, got ${pattern}`);
  const groups = new RegExp(`${pattern.source}|`, pattern.flags.replace('g', '')).exec('')!.length - 1;
  if (groups > 1) {
    throw new RangeError(`Expected \`tokenPattern\` to have one capturing group at most, got ${groups} in ${pattern}`);
  }
  return pattern;
}

/** Whether it is the default, given or left out. */
export function isDefaultPattern(pattern: RegExp | undefined): boolean {
  return pattern === undefined || (pattern.source === DEFAULT_TOKEN_PATTERN.source && /^g?u$/.test(pattern.flags));
}
