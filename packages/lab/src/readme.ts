// The parts of a README that a run writes: between `<!-- begin:NAME -->` and `<!-- end:NAME -->`, and nowhere else.

/**
 * The text with the block of that name replaced.
 *
 * @throws Error where the text has not exactly one such block
 */
export function fillBlock(markdown: string, name: string, content: string): string {
  const { before, after } = split(markdown, name);
  return `${before}\n\n${content.trim()}\n\n${after}`;
}

/** What stands in the block of that name. */
export function readBlock(markdown: string, name: string): string {
  return split(markdown, name).content.trim();
}

function split(markdown: string, name: string): { before: string; content: string; after: string } {
  const [begin, end] = [`<!-- begin:${name} -->`, `<!-- end:${name} -->`];
  const start = markdown.indexOf(begin) + begin.length;
  const stop = markdown.indexOf(end);
  if (!markdown.includes(begin) || stop < start || markdown.indexOf(begin, start) !== -1) {
    throw new Error(`Expected one block from '${begin}' to '${end}'`);
  }
  return { before: markdown.slice(0, start), content: markdown.slice(start, stop), after: markdown.slice(stop) };
}
