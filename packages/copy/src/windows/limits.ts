// What fails under Wine 8 and not on Windows, each with its sign and its reason. Whatever fails otherwise is a fault of ours.

import type { Row } from './row.ts';

interface Limit {
  readonly part: string;
  readonly name: string;
  /** What the failure says where it is this one. */
  readonly sign: RegExp;
  readonly reason: string;
}

const LIMITS: readonly Limit[] = [
  {
    part: 'commands',
    name: 'rename: only the case',
    sign: /^Expected the files .*README\.txt.*, got .*"readme\.txt"/,
    reason: 'Wine does nothing where a file is renamed to the same name in another case: fs.renameSync alone fails too',
  },
];

/** What is not tried, since it takes minutes under Wine. */
export const TOO_SLOW: Readonly<Record<string, string>> = {
  'async-io/files-in-worker': 'its program reads 20,000 files, which take 3 ms each under Wine',
};

/** The row, with a failure of Wine's own named as such. */
export function withLimit(row: Row, limits: readonly Limit[] = LIMITS): Row {
  const limit = limits.find(({ part, name }) => part === row.part && name === row.name);
  if (row.word !== 'FAILED' || limit === undefined) return row;
  return row.reasons.every((reason) => limit.sign.test(reason))
    ? { ...row, word: 'wine', reasons: [limit.reason] }
    : row;
}
