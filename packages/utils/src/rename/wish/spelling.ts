// Rules for the letters of a name.

import { splitName } from './rules.ts';
import type { Rule } from './rules.ts';

export const CASES = ['lower', 'upper', 'title'] as const;

/** Changes the case of a name. `title` has each word begin with a capital, and leaves the extension alone. */
export function caseRule(to: (typeof CASES)[number]): Rule {
  const change = {
    lower: (name: string) => name.toLowerCase(),
    upper: (name: string) => name.toUpperCase(),
    title(name: string) {
      const { stem, extension } = splitName(name);
      const words = stem.replaceAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu, (word) => {
        const [first = ''] = word;
        return first.toUpperCase() + word.slice(first.length).toLowerCase();
      });
      return words + extension;
    },
  }[to];
  return () => change;
}

/** Letters and their accents as one character each: NFC, as most programs write names. */
export const composeRule: Rule = () => (name) => name.normalize('NFC');
