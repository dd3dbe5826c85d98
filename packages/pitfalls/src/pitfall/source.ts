// The lines that a reader is shown are read from the file that is tested: between `// #region NAME` and `// #endregion`.

import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The lines of all regions of that name, in order, with a blank line between two regions and without the indentation
 * that the lines of a region share.
 *
 * @throws Error where the file has no such region, or one that does not end
 */
export function readRegion(file: URL, name: string): string {
  const path = fileURLToPath(file);
  const where = `${basename(dirname(path))}/${basename(path)}`;
  const regions: string[][] = [];
  let open: string[] | undefined;
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
    const mark = /^\s*\/\/ #(region|endregion)\b ?(.*)$/.exec(line);
    if (mark?.[1] === 'region' && mark[2] === name) regions.push((open = []));
    else if (mark?.[1] === 'endregion') open = undefined;
    else if (mark === null) open?.push(line);
  }
  if (open !== undefined) throw new Error(`Expected the region '${name}' of ${where} to end`);
  if (regions.length === 0) throw new Error(`Expected a region '${name}' in ${where}`);
  return regions.map((lines) => dedent(lines).join('\n')).join('\n\n');
}

function dedent(lines: readonly string[]): string[] {
  const written = lines.filter((line) => line.trim() !== '');
  const shared = Math.min(...written.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(shared));
}
