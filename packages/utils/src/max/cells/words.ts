// Text of others in a message: short, and harmless on a terminal.

/** In quotes, with control characters as escapes, and not longer than a line. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)
    .slice(1, -1)
    .replaceAll('\\"', '"');
  return `'${escaped.replaceAll(/\p{Cc}/gu, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`)}'`;
}
