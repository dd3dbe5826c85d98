// Reads and checks the options once.

import os from 'node:os';
import { checkPattern, isDefaultPattern } from '../text/token-pattern.ts';
import { readFlag, readLimit, readMaxFeatures, readRange, readStopWords, readVocabulary, show } from './checks.ts';
import type { Settings, TfidfOptions } from './options.ts';

const NAMES: Readonly<Record<keyof TfidfOptions, true>> = {
  lowercase: true,
  tokenPattern: true,
  tokenizer: true,
  stopWords: true,
  ngramRange: true,
  minDf: true,
  maxDf: true,
  maxFeatures: true,
  vocabulary: true,
  binary: true,
  useIdf: true,
  smoothIdf: true,
  sublinearTf: true,
  norm: true,
  threads: true,
};

/** @throws TypeError or RangeError that names the option, the expected value and the given one */
export function readOptions(options: TfidfOptions): Settings {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(NAMES, name)) throw new TypeError(`Expected an option of TfidfVectorizer, got \`${name}\``);
  }
  const { tokenizer, tokenPattern, norm = 'l2' } = options;
  if (tokenizer !== undefined && typeof tokenizer !== 'function') {
    throw new TypeError(`Expected \`tokenizer\` to be a function, got ${String(tokenizer)}`);
  }
  if (tokenizer !== undefined && tokenPattern !== undefined) {
    throw new TypeError('Expected `tokenizer` or `tokenPattern`, got both');
  }
  if (norm !== 'l1' && norm !== 'l2' && norm !== null) {
    throw new RangeError(`Expected \`norm\` to be 'l1', 'l2' or null, got ${show(norm)}`);
  }
  if (tokenPattern !== undefined) checkPattern(tokenPattern);
  return {
    counter: tokenizer === undefined && isDefaultPattern(tokenPattern) ? 'default-pattern' : 'any-pattern',
    lowercase: readFlag(options, 'lowercase', true),
    tokenPattern,
    tokenizer,
    stopWords: readStopWords(options.stopWords ?? []),
    ngramRange: readRange(options.ngramRange ?? [1, 1]),
    minDf: readLimit('minDf', options.minDf ?? 1),
    maxDf: readLimit('maxDf', options.maxDf ?? { fraction: 1 }),
    maxFeatures: readMaxFeatures(options.maxFeatures ?? undefined),
    vocabulary: readVocabulary(options.vocabulary ?? undefined),
    binary: readFlag(options, 'binary', false),
    useIdf: readFlag(options, 'useIdf', true),
    smoothIdf: readFlag(options, 'smoothIdf', true),
    sublinearTf: readFlag(options, 'sublinearTf', false),
    norm,
  };
}

/**
 * How many threads may be used at most.
 *
 * @throws RangeError where `threads` is neither 'auto' nor an integer from 1 up, or more than a tokenizer can run on
 */
export function readThreads({ threads = 'auto', tokenizer }: TfidfOptions): { most: number; auto: boolean } {
  if (threads === 'auto') return { most: tokenizer === undefined ? os.availableParallelism() : 1, auto: true };
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`Expected \`threads\` to be 'auto' or an integer from 1 up, got ${show(threads)}`);
  }
  if (threads > 1 && tokenizer !== undefined) {
    throw new RangeError(
      `Expected \`threads\` to be 1 with a \`tokenizer\`, which only this thread has, got ${threads}`,
    );
  }
  return { most: threads, auto: false };
}
