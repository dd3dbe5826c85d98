// The page of a pitfall, as lines: what stands before the answer, and what stands after it.

import type { Pitfall } from './pitfall.ts';
import { readRegion } from './source.ts';

/** The lines and the question. */
export function askingPart({ recipe, question }: Pitfall): [lines: string, question: string] {
  return [gutter(readRegion(recipe, 'trap')), question];
}

/** The answer, which `happens()` gave, why it is so, and the fixes. */
export async function answeringPart(pitfall: Pitfall, answered: string): Promise<string[]> {
  const { recipe, expected, why, fix, cheaper, also = [], types, wanted } = pitfall;
  const drawing = await pitfall.draw?.();
  return [
    `One expects:  ${expected}`,
    `What happens: ${answered}`,
    `Why: ${why}${drawing === undefined ? '' : `\n${gutter(drawing)}`}`,
    `The fix: ${fix}\n${gutter(readRegion(recipe, 'fix'))}`,
    `Cheaper: ${cheaper}\n${gutter(readRegion(recipe, 'cheaper'))}`,
    ...also.map(({ says, region }) => `Also: ${says}\n${gutter(readRegion(recipe, region))}`),
    `Types: ${types}`,
    `When it is wanted: ${wanted}`,
  ];
}

/** A mark before each line keeps the indentation where text is wrapped, and sets code apart from prose without colour. */
function gutter(text: string): string {
  return text.replaceAll(/^/gm, '│ ').replaceAll(/ +$/gm, '');
}
