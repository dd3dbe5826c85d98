// The wish that the options of the command line come to.

import { readNumber, UsageError } from '@cookbook/lab/command';
import type { Selection } from '../disk/selection.ts';
import type { RawPath } from '../names/raw-path.ts';
import { editWish, openEditor } from '../wish/edit.ts';
import type { Editor } from '../wish/edit.ts';
import { mapWish, readNulPairs } from '../wish/map.ts';
import { patternRule } from '../wish/pattern.ts';
import { beforeExtension, rulesWish } from '../wish/rules.ts';
import type { Rule } from '../wish/rules.ts';
import { ORDERS, sequenceRule } from '../wish/sequence.ts';
import type { SequenceOptions } from '../wish/sequence.ts';
import { CASES, caseRule, composeRule } from '../wish/spelling.ts';
import type { Wish } from '../wish/wish.ts';
import type { Options } from './arguments.ts';
import { readInput, readMap } from './map-file.ts';

/** In the order in which they are applied, however they are given. */
export const RULES = ['find', 'nfc', 'case', 'sequence'] as const;

interface ReadWish {
  readonly wish: Wish;
  /** Whether every old name comes from the listing. */
  readonly listed: boolean;
  readonly editor?: Editor;
}

/** @throws RangeError, UsageError or Refusal for what cannot be read */
export function readWish(
  task: 'rules' | 'map' | 'map0' | 'edit',
  options: Options,
  places: readonly RawPath[] | undefined,
): ReadWish {
  const { dirs = false, hidden = false, recursive = false, only } = options;
  const selection = { dirs, hidden, recursive, ...(only && { only }), ...(places && { places }) };
  if (task === 'rules') return { wish: rulesWish(readRules(options), selection), listed: true };
  if (task === 'edit') return readEdit(selection);
  const pairs =
    task === 'map' ? readMap(options.map!, options.mapFormat) : readNulPairs(readInput('--map0', options.map0!));
  return { wish: mapWish(pairs, selection), listed: false };
}

function readEdit(selection: Selection): ReadWish {
  if (!process.stdin.isTTY) throw new UsageError('Expected a terminal for --edit, got none');
  const editor = openEditor();
  return { wish: editWish((list) => editor.edit(list), selection), listed: true, editor };
}

function readRules({ find = [], replace = [], nfc, case: to, sequence, keepExtension, ...options }: Options): Rule[] {
  if (find.length !== replace.length) {
    const got = replace.length === 0 ? 'none' : `${replace.length} for ${find.length}`;
    throw new UsageError(`Expected --replace with ${find.length > 1 ? 'each ' : ''}--find, got ${got}`);
  }
  const rules = find.map((pattern, n) => patternRule(pattern, replace[n]!));
  if (nfc) rules.push(composeRule);
  if (to !== undefined) rules.push(caseRule(oneOf('--case', CASES, to)));
  const spelled = keepExtension ? rules.map(beforeExtension) : rules;
  return sequence === undefined ? spelled : [...spelled, sequenceRule(sequence, readSequence(options))];
}

function readSequence({ start = '1', pad = '1', order = 'natural', perFolder }: Options): SequenceOptions {
  return {
    start: readNumber('--start', start, { least: 0, most: Number.MAX_SAFE_INTEGER, whole: true }),
    pad: readNumber('--pad', pad, { least: 1, most: 99, whole: true }),
    order: oneOf('--order', ORDERS, order),
    perFolder: perFolder ?? false,
  };
}

function oneOf<T extends string>(option: string, values: readonly T[], got: string): T {
  const known = values.find((value) => value === got);
  if (known === undefined) throw new UsageError(`Expected ${option} to be one of ${values.join(', ')}, got '${got}'`);
  return known;
}
