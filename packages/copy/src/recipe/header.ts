// The comment at the top of a recipe: parts that each begin with a head, at one column.
//
//     // Claim      Two threads that count on one shared number lose updates.
//     // Copy       recipe.ts, count-task.ts; npm: piscina; Node 22 or newer

/** The text under a head, its lines joined; undefined where the header has no such head. */
export function headerPart(text: string, head: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith('//'));
  const header = lines.slice(0, end === -1 ? undefined : end).map((line) => line.slice(3));
  const first = header.findIndex((line) => line.startsWith(`${head} `));
  if (first === -1) return undefined;
  const after = header.findIndex((line, at) => at > first && /^\S/.test(line));
  const part = header.slice(first, after === -1 ? undefined : after);
  return part.join(' ').slice(head.length).replaceAll(/\s+/g, ' ').trim();
}

/** The oldest Node that a `Copy` part asks for, such as '24'. */
export function nodeOf(copy: string | undefined): string | undefined {
  return copy?.match(/(?:^|; )Node (\d+(?:\.\d+)?) or newer$/)?.[1];
}

/** The text of the `Copy` part: what is copied, and what it needs. */
export function copyPart(files: readonly string[], packages: readonly string[], node: string): string {
  const npm = packages.length > 0 ? [`npm: ${packages.join(', ')}`] : [];
  return [files.join(', '), ...npm, `Node ${node} or newer`].join('; ');
}
