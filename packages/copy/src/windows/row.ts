// What came of one thing that was tried on Windows.

export interface Row {
  /** What was tried: 'recipes', 'commands'. */
  readonly part: string;
  readonly name: string;
  /** 'wine': it failed for a reason of Wine's own, which Windows does not have. */
  readonly word: 'ok' | 'skipped' | 'wine' | 'FAILED';
  readonly reasons: readonly string[];
}
