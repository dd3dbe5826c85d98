// Text of others on a terminal: what would move the cursor, colour the rest or turn the line around is shown as escapes.

/** Control and format characters (ESC, backspace, right-to-left overrides ...), and the separators of lines. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with such characters as `\x1b` or `\u{202e}`. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) => {
    const point = character.codePointAt(0)!;
    return point < 0x100 ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`;
  });
}
