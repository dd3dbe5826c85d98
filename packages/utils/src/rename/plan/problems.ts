// Problems: a kind for programs to react to, and one line for people.

import { codeOf } from '../disk/file-system.ts';
import { show, toRaw } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';

/** The kind of a problem with an operation. `io` is an error of the disk that none of the others names. */
export type Kind =
  | 'target-exists'
  | 'duplicate-target'
  | 'invalid-name'
  | 'name-too-long'
  | 'not-found'
  | 'duplicate-source'
  | 'permission'
  | 'cross-device'
  | 'encoding'
  | 'busy'
  | 'journal'
  | 'changed'
  | 'edited'
  | 'damaged'
  | 'usage'
  | 'io';

export interface Problem {
  readonly kind: Kind;
  readonly from: RawPath;
  readonly to: RawPath;
  readonly message: string;
}

const KIND_OF_CODE: Readonly<Record<string, Kind>> = {
  EEXIST: 'target-exists',
  ENOTEMPTY: 'target-exists',
  ENOENT: 'not-found',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'permission',
  EXDEV: 'cross-device',
  ENAMETOOLONG: 'name-too-long',
  EILSEQ: 'encoding',
  EINVAL: 'invalid-name',
  EBUSY: 'busy',
};

const WORDS: Readonly<Record<string, string>> = {
  EEXIST: 'something of the new name exists now',
  ENOTEMPTY: 'a folder of the new name exists now',
  ENOENT: 'it is not there any more',
  EXDEV: 'the new name is on another device',
};

/** The problem that a failed system call is. */
export function problemOf(error: unknown, from: RawPath, to: RawPath): Problem {
  const code = codeOf(error);
  const own = (error as { worded?: boolean }).worded ? (error as Error).message : undefined;
  const plain = own ?? WORDS[code] ?? (error as Error).message.replace(/, \w+ .*$/s, '');
  const path = (error as NodeJS.ErrnoException).path;
  // Without a file of the batch the only name is the one that the system was asked for.
  const words = from === '' && path !== undefined ? `'${show(toRaw(path) ?? '')}': ${plain}` : plain;
  return problem(KIND_OF_CODE[code] ?? 'io', from, to, words);
}

export function problem(kind: Kind, from: RawPath, to: RawPath, message: string): Problem {
  const subject = from === '' ? '' : to === '' ? `'${show(from)}': ` : `'${show(from)}' to '${show(to)}': `;
  return { kind, from, to, message: `${subject}${message}` };
}

/** A run that cannot be begun, whatever its operations are: busy, or without a journal. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;

  constructor(kind: Kind, message: string) {
    super(message);
    this.problem = problem(kind, '', '', message);
  }
}
