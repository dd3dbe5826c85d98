// Warnings about options that contradict each other: what was seen, and what to do about it.

/** Something about the options that is most likely a mistake, but does no harm. */
export interface VectorizerWarning {
  /**
   * - 'unused-option': another option makes this one of no use
   * - 'capitals-in-vocabulary': documents are lower-cased, so no term with a capital can be found in one
   * - 'inconsistent-stop-words': a stop word is split or changed as documents are, and what comes out is no stop word
   */
  readonly code: 'unused-option' | 'capitals-in-vocabulary' | 'inconsistent-stop-words';
  /** One line. */
  readonly message: string;
}

/** Takes a warning: called when a vectorizer is made, or loaded. */
export type OnWarning = (warning: VectorizerWarning) => void;

/** Where warnings go that nobody takes: to `process.on('warning')`, and by default to stderr. */
export function warnProcess({ code, message }: VectorizerWarning): void {
  process.emitWarning(message, { type: 'VectorizerWarning', code });
}
