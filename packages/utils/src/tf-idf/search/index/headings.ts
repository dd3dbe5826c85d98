// The headings of a text, whose words count more than others.

const MARKUP: readonly [RegExp, RegExp][] = [
  [/\.(?:md|markdown|mdx|mdown)$/i, /^ {0,3}#{1,6}\s.*$/gm],
  [/\.(?:adoc|asciidoc)$/i, /^={1,6}\s.*$/gm],
  [/\.org$/i, /^\*+\s.*$/gm],
  [/\.x?html?$/i, /<(title|h[1-6])\b[^>]*>[^<]*/gi],
];
/** The first line that is not blank: of source, the comment that says what it is for. */
const FIRST_LINE = /\S.*/;

/** Where headings stand, in order, in UTF-16 units: by the markup that the file's name ends in, and the first line. */
export function headingsOf(text: string, name: string): (readonly [start: number, end: number])[] {
  const found: (readonly [number, number])[] = [];
  const first = FIRST_LINE.exec(text);
  if (first) found.push([first.index, first.index + first[0].length]);
  const pattern = MARKUP.find(([extension]) => extension.test(name))?.[1];
  if (pattern === undefined) return found;
  for (const { index, 0: heading } of text.matchAll(pattern)) {
    if (index >= (found[0]?.[1] ?? 0)) found.push([index, index + heading.length]);
  }
  return found;
}
