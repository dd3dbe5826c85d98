// New names by a regular expression.

import type { Selection } from '../disk/selection.ts';
import { rulesWish } from './rules.ts';
import type { Rule } from './rules.ts';
import type { Wish } from './wish.ts';

/** Renames the selected entries by `patternRule`. */
export function patternWish(find: string, replace: string, selection: Selection = {}): Wish {
  return rulesWish([patternRule(find, replace)], selection);
}

/**
 * Replaces every match of `find` in the name by `replace`, in the syntax of `String.prototype.replace`: $1, $<name>, $&.
 * The expression is read with the flag `u`, so that it never cuts a character in two. A name that it does not match is
 * tried in NFC as well: disks of a Mac have accents apart from their letters, and keyboards write both as one.
 *
 * @throws RangeError where the expression is none, or the template names a group that it has not, or in another syntax
 */
export function patternRule(find: string, replace: string): Rule {
  const pattern = compile(find.normalize('NFC'));
  expectOwnSyntax(replace);
  expectGroups(pattern, replace);
  const asWritten = compile(find);
  return () => (name) => {
    const renamed = name.replace(asWritten, replace);
    if (renamed !== name) return renamed;
    const composed = name.normalize('NFC');
    const recomposed = composed.replace(pattern, replace);
    return recomposed === composed ? name : recomposed;
  };
}

function compile(find: string): RegExp {
  try {
    return new RegExp(find, 'gu');
  } catch (error) {
    throw new RangeError(`Expected \`find\` to be a regular expression, got '${find}': ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** sed, Perl and shells write groups in other ways, which `replace` would take as they stand. */
function expectOwnSyntax(replace: string): void {
  for (const [got, dollars, number, , name] of replace.matchAll(/(\$\$)|\\(\d)|\\([LUElu])|\$\{(\w+)\}/g)) {
    if (dollars !== undefined) continue;
    const instead =
      number !== undefined
        ? `$${number}`
        : name === undefined
          ? 'no change of case, which --case makes'
          : /^\d/.test(name)
            ? `$${name}`
            : `$<${name}>`;
    throw new RangeError(`Expected \`replace\` in the syntax of JavaScript, ${instead}, got '${got}'`);
  }
}

/** `replace` would take '$3' as it stands, or an unknown name as nothing, where there is no such group. */
function expectGroups(pattern: RegExp, replace: string): void {
  const groups = new RegExp(`${pattern.source}|`, 'u').exec('')!; // matches nothing, with all groups there are
  for (const [reference, name, number] of replace.matchAll(/\$\$|\$<([^>]*)>|\$(\d{1,2})/g)) {
    const known =
      name === undefined
        ? number === undefined ||
          (Number(number[0]) > 0 && Number(number[0]) < groups.length) ||
          (Number(number) > 0 && Number(number) < groups.length)
        : Object.hasOwn(groups.groups ?? {}, name);
    if (!known) throw new RangeError(`Expected \`replace\` to name a group of '${pattern.source}', got '${reference}'`);
  }
}
