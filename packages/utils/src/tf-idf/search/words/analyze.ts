// What a written word is found by: itself, and the parts of an identifier.

import { surfaceOf } from './fold.ts';

/** A word that stands for what was written, and at which place of it: `fitTransform` is itself and `fit` at 0, `transform` at 1. */
interface Term {
  readonly surface: string;
  readonly offset: number;
}

export interface Analysis {
  /** In the order of their offsets, the whole word first. */
  readonly terms: readonly Term[];
  /** How many places it takes up: 1, or the number of its parts. */
  readonly width: number;
}

/** The end of `getURL`, the beginning of `URLPattern`, and underscores: where the parts of an identifier meet. */
const SEAMS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|_+/u;

/**
 * The words that a written one is found by. `C#`, `c++` and `.net` are found without their signs too.
 *
 * @param raw as it is written, without anything around it
 */
export function analyze(raw: string): Analysis {
  const whole = surfaceOf(raw);
  const bare = raw.replace(/^\.|\+\+$|#$/g, '');
  const parts = bare.split(SEAMS).filter((part) => part !== '');
  const terms: Term[] = [{ surface: whole, offset: 0 }];
  if (parts.length > 1) {
    if (bare.length < raw.length) terms.push({ surface: surfaceOf(bare), offset: 0 });
    for (const [offset, part] of parts.entries()) terms.push({ surface: surfaceOf(part), offset });
    return { terms, width: parts.length };
  }
  if (parts.length === 1 && surfaceOf(parts[0]!) !== whole) terms.push({ surface: surfaceOf(parts[0]!), offset: 0 });
  return { terms, width: 1 };
}
