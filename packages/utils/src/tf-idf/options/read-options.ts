// Reads and checks the options once.

import os from 'node:os';
import { checkPattern, isDefaultPattern } from '../text/token-pattern.ts';
import {
  readChoice,
  readCount,
  readFlag,
  readFunction,
  readLimit,
  readMaxFeatures,
  readRange,
  readStopWords,
  readVocabulary,
  show,
} from './checks.ts';
import { FUNCTIONS } from './options.ts';
import type { Dtype, HashingOptions, Preparation, Settings, TfidfOptions } from './options.ts';
import { warnProcess } from './warnings.ts';
import type { OnWarning } from './warnings.ts';

const ANALYSIS = [...FUNCTIONS, 'lowercase', 'tokenPattern', 'stopWords', 'ngramRange'] as const;
const COMMON = ['decodeError', 'onWarning', 'threads', 'simd', 'dtype', 'binary'] as const;
const VOCABULARY = ['minDf', 'maxDf', 'maxFeatures', 'vocabulary'] as const;
const WEIGHTS = ['useIdf', 'smoothIdf', 'sublinearTf', 'norm'] as const;

const NAMES = {
  TfidfVectorizer: [...ANALYSIS, ...COMMON, ...VOCABULARY, ...WEIGHTS],
  CountVectorizer: [...ANALYSIS, ...COMMON, ...VOCABULARY],
  HashingVectorizer: [...ANALYSIS, ...COMMON, 'nFeatures', 'alternateSign', 'norm'],
} as const satisfies Record<string, readonly string[]>;

const DTYPES = {
  TfidfVectorizer: ['float64', 'float32'],
  CountVectorizer: ['uint32', 'float64', 'float32'],
  HashingVectorizer: ['float64', 'float32'],
} as const satisfies Record<string, readonly Dtype[]>;

/** As in scikit-learn, where a column has to be an int32 and their number too. */
const MOST_FEATURES = 2 ** 31 - 2;

/** Whose options they are. */
export type VectorizerKind = keyof typeof NAMES;

/** Options as they come, of any kind and with documents of any kind. */
export type GivenOptions = Omit<TfidfOptions<never>, 'dtype' | 'analyzer' | 'onWarning' | 'preprocessor'> &
  Pick<HashingOptions, 'nFeatures' | 'alternateSign'> & {
    readonly dtype?: Dtype;
    readonly analyzer?: string | ((document: never) => Iterable<string>);
    readonly preprocessor?: ((document: never) => string) | null | undefined;
    readonly onWarning?: OnWarning;
  };

/** All that the options say. */
export interface ReadOptions {
  readonly settings: Settings;
  readonly preparation: Preparation;
  /** The names of the options that are functions: they cannot be saved. */
  readonly functions: readonly string[];
  readonly dtype: Dtype;
  /** How many threads may be used at most, and whether to choose by the documents. */
  readonly threads: { readonly most: number; readonly auto: boolean };
  readonly onWarning: OnWarning;
}

/**
 * The options of a vectorizer, with their defaults.
 *
 * @throws TypeError or RangeError that names the option, the expected value and the given one
 */
export function readOptions(options: GivenOptions, kind: VectorizerKind = 'TfidfVectorizer'): ReadOptions {
  for (const name of Object.keys(options)) {
    if (!(NAMES[kind] as readonly string[]).includes(name))
      throw new TypeError(`Expected an option of ${kind}, got \`${name}\``);
  }
  const { analysis, preparation } = readAnalysis(options);
  const used: Readonly<Record<string, unknown>> = { ...preparation };
  const functions = FUNCTIONS.filter((name) => typeof used[name] === 'function');
  return {
    settings: { ...analysis, ...readTerms(options), ...readWeights(options, kind), simd: readSimd(options.simd) },
    preparation,
    functions,
    dtype: options.dtype === undefined ? DTYPES[kind][0] : readChoice('dtype', options.dtype, DTYPES[kind]),
    threads: readThreads(options.threads, functions),
    onWarning: readFunction('onWarning', options.onWarning) ?? warnProcess,
  };
}

type Analysis = Pick<
  Settings,
  'counter' | 'analyzer' | 'arrive' | 'lowercase' | 'stripAccents' | 'tokenPattern' | 'stopWords' | 'ngramRange'
>;

/** What one option makes useless is checked, and left out. */
function readAnalysis(options: GivenOptions): { analysis: Analysis; preparation: Preparation } {
  const { analyzer: given = 'word', tokenPattern } = options;
  const byFunction = typeof given === 'function' ? (given as unknown as Preparation['analyzer']) : undefined;
  const analyzer =
    typeof given === 'function'
      ? 'word'
      : readChoice('analyzer', given, ['word', 'char', 'char_wb'] as const, 'a function');
  const isWord = analyzer === 'word' && byFunction === undefined;
  const tokenizer = readFunction('tokenizer', options.tokenizer);
  if (tokenizer !== undefined && tokenPattern !== undefined) {
    throw new TypeError('Expected `tokenizer` or `tokenPattern`, got both');
  }
  if (tokenPattern !== undefined) checkPattern(tokenPattern);
  const stopWords = readStopWords(options.stopWords ?? []);
  const ngramRange = readRange(options.ngramRange ?? [1, 1]);
  const strip = readStripAccents(options.stripAccents);
  const preparation: Preparation = {
    decodeError: readChoice('decodeError', options.decodeError ?? 'strict', ['strict', 'replace', 'ignore'] as const),
    lowercase: readFlag('lowercase', options.lowercase, true),
    stripAccents: byFunction === undefined && !isGiven(options.preprocessor) ? strip : undefined,
    preprocessor: byFunction === undefined ? readPreprocessor(options) : undefined,
    tokenizer: isWord ? tokenizer : undefined,
    analyzer: byFunction,
  };
  const arrive = arrival(preparation);
  const stripped = typeof preparation.stripAccents === 'string' ? preparation.stripAccents : undefined;
  const onBytes = isWord && (arrive === 'text' || arrive === 'preprocessed') && stripped === undefined;
  const analysis: Analysis = {
    counter: onBytes && isDefaultPattern(tokenPattern) ? 'default-pattern' : 'any-pattern',
    analyzer,
    arrive,
    lowercase: preparation.lowercase,
    stripAccents: stripped,
    tokenPattern: isWord ? tokenPattern : undefined,
    stopWords: isWord ? stopWords : [],
    ngramRange: byFunction === undefined ? ngramRange : [1, 1],
  };
  return { analysis, preparation };
}

function arrival({ analyzer, tokenizer, preprocessor, stripAccents }: Preparation): Settings['arrive'] {
  if (analyzer !== undefined) return 'terms';
  if (tokenizer !== undefined) return 'tokens';
  return preprocessor !== undefined || typeof stripAccents === 'function' ? 'preprocessed' : 'text';
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function readPreprocessor({ preprocessor }: GivenOptions): Preparation['preprocessor'] {
  return readFunction('preprocessor', preprocessor as Preparation['preprocessor']);
}

function readStripAccents(strip: GivenOptions['stripAccents']): Preparation['stripAccents'] {
  if (strip === undefined || strip === null) return undefined;
  if (typeof strip === 'function') return strip;
  return readChoice('stripAccents', strip, ['ascii', 'unicode'] as const, 'a function');
}

function readTerms(options: GivenOptions): Pick<Settings, 'minDf' | 'maxDf' | 'maxFeatures' | 'vocabulary' | 'binary'> {
  return {
    minDf: readLimit('minDf', options.minDf ?? 1),
    maxDf: readLimit('maxDf', options.maxDf ?? { fraction: 1 }),
    maxFeatures: readMaxFeatures(options.maxFeatures ?? undefined),
    vocabulary: readVocabulary(options.vocabulary),
    binary: readFlag('binary', options.binary, false),
  };
}

function readWeights(
  options: GivenOptions,
  kind: VectorizerKind,
): Pick<Settings, 'useIdf' | 'smoothIdf' | 'sublinearTf' | 'norm'> {
  return {
    useIdf: readFlag('useIdf', options.useIdf, kind === 'TfidfVectorizer'),
    smoothIdf: readFlag('smoothIdf', options.smoothIdf, true),
    sublinearTf: readFlag('sublinearTf', options.sublinearTf, false),
    norm: readNorm(options.norm, kind),
  };
}

function readNorm(norm: unknown, kind: VectorizerKind): Settings['norm'] {
  if (kind === 'CountVectorizer') return null;
  if (norm === undefined) return 'l2';
  if (norm === 'l1' || norm === 'l2' || norm === null) return norm;
  throw new RangeError(`Expected \`norm\` to be 'l1', 'l2' or null, got ${show(norm)}`);
}

function readSimd(simd: unknown): boolean | undefined {
  return simd === undefined ? undefined : readFlag('simd', simd, true);
}

function readThreads(threads: unknown, functions: readonly string[]): { most: number; auto: boolean } {
  if (threads === undefined || threads === 'auto')
    return { most: functions.length === 0 ? os.availableParallelism() : 1, auto: true };
  if (!Number.isInteger(threads) || (threads as number) < 1) {
    throw new RangeError(`Expected \`threads\` to be 'auto' or an integer from 1 up, got ${show(threads)}`);
  }
  const most = threads as number;
  if (most > 1 && functions.length > 0) {
    throw new RangeError(
      `Expected \`threads\` to be 1 with a function as \`${functions[0]}\`, which only this thread has, got ${most}`,
    );
  }
  return { most, auto: false };
}

/** How a `HashingVectorizer` makes columns of terms, and values of their counts. */
export interface HashingSettings {
  readonly nFeatures: number;
  readonly alternateSign: boolean;
  readonly binary: boolean;
  readonly norm: 'l1' | 'l2' | null;
}

/**
 * The options that a `HashingVectorizer` has for itself.
 *
 * @throws TypeError or RangeError that names the option, the expected value and the given one
 */
export function readHashing(options: GivenOptions): HashingSettings {
  return {
    nFeatures: options.nFeatures === undefined ? 2 ** 20 : readCount('nFeatures', options.nFeatures, MOST_FEATURES),
    alternateSign: readFlag('alternateSign', options.alternateSign, true),
    binary: readFlag('binary', options.binary, false),
    norm: readNorm(options.norm, 'HashingVectorizer'),
  };
}
