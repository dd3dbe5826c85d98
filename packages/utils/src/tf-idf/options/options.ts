// The options of the vectorizers, as they are given and as they are read.

import type { AccentStripping } from '../text/accents.ts';
import type { DecodeError } from '../text/decode-bytes.ts';
import type { OnWarning } from './warnings.ts';

/** A number of documents, an integer from 1 up; or a share of all documents from 0 to 1. */
export type DocumentLimit = number | { readonly fraction: number };

/** The kind of number of a matrix's values. */
export type Dtype = 'float64' | 'float32' | 'uint32';

/** Options of every vectorizer that are about neither terms nor their values. */
interface CommonOptions {
  /**
   * What becomes of documents in bytes that are not UTF-8: 'strict' refuses them, 'replace' makes U+FFFD of what is
   * ill-formed, 'ignore' leaves it out. Default 'strict'.
   */
  readonly decodeError?: DecodeError;
  /** Takes the warnings about the options, which `process.emitWarning` gets otherwise. */
  readonly onWarning?: OnWarning;
  /**
   * Threads that share the work, with the same result for any number; 'auto' takes one for little text. Functions among
   * the options run on this thread alone, and so does all the work then. Default 'auto'.
   */
  readonly threads?: 'auto' | number;
  /**
   * Count single words, sort and weigh by kernels in WebAssembly where they can run: always, never, or where there is
   * enough text, which is the default. The result is the same to the bit.
   */
  readonly simd?: boolean;
}

/** What becomes of a document's text before it is split. */
interface PreprocessingOptions<D> {
  /** Lower-case documents before they are split. Default true. */
  readonly lowercase?: boolean;
  /**
   * After lower-casing, 'unicode' takes the marks off the letters (é becomes e, ﬁ becomes fi), 'ascii' leaves out what is
   * not ASCII besides; or a function does it. Default null.
   */
  readonly stripAccents?: AccentStripping | ((text: string) => string) | null;
  /** Makes a document's text ready instead of `lowercase` and `stripAccents`. It gets bytes as text. Default null. */
  readonly preprocessor?: ((document: D) => string) | null;
}

/** Terms are tokens, or several tokens in a row. */
export interface WordOptions<D = string> extends PreprocessingOptions<D> {
  readonly analyzer?: 'word';
  /** The pattern of a token, with the flag u or v; a group, if any, is the token. Default: 2 word characters or more. */
  readonly tokenPattern?: RegExp;
  /** Splits a preprocessed document instead of the pattern. */
  readonly tokenizer?: (document: string) => Iterable<string>;
  /** Tokens to leave out, compared after lower-casing; 'english' is scikit-learn's list. Default none. */
  readonly stopWords?: 'english' | Iterable<string> | null;
  /** Least and most tokens in a row that make a term. Default [1, 1]. */
  readonly ngramRange?: readonly [least: number, most: number];
}

/** Terms are characters in a row. */
export interface CharacterOptions<D = string> extends PreprocessingOptions<D> {
  /** 'char': over the whole text. 'char_wb': in each word by itself, with a space before and behind it. */
  readonly analyzer: 'char' | 'char_wb';
  /** Least and most code points in a row that make a term. Default [1, 1]. */
  readonly ngramRange?: readonly [least: number, most: number];
  readonly tokenPattern?: undefined;
  readonly tokenizer?: undefined;
  readonly stopWords?: null | undefined;
}

/** Terms are what a function makes of a document, whatever that is: text, or a list of tokens, or a record. */
export interface FunctionOptions<D = string> {
  /** The terms of a document, in their order. It gets bytes as text. */
  readonly analyzer: (document: D) => Iterable<string>;
  readonly lowercase?: boolean;
  readonly stripAccents?: null | undefined;
  readonly preprocessor?: null | undefined;
  readonly tokenPattern?: undefined;
  readonly tokenizer?: undefined;
  readonly stopWords?: null | undefined;
  readonly ngramRange?: readonly [1, 1];
}

/**
 * How documents become terms, with scikit-learn's options of the same names: what another analyzer has no use for is a
 * mistake of type, and a warning where the types were passed by.
 *
 * @template D a document; strings stand for bytes too
 */
export type AnalysisOptions<D = string> = WordOptions<D> | CharacterOptions<D> | FunctionOptions<D>;

/** Which terms have a column. */
export interface VocabularyOptions {
  /** Leave out terms found in fewer documents. Default 1. */
  readonly minDf?: DocumentLimit;
  /** Leave out terms found in more documents. Default { fraction: 1 }. */
  readonly maxDf?: DocumentLimit;
  /** Keep so many terms, those that occur most often; among equals the first in order. Default all. */
  readonly maxFeatures?: number | null;
  /**
   * The terms: in the order of their columns; as a Set, whose columns are in the order of code points; or with their
   * columns from 0, as a Map or an object. Nothing is learnt but the idf then. Default: learn.
   */
  readonly vocabulary?: Iterable<string> | ReadonlyMap<string, number> | Readonly<Record<string, number>> | null;
  /** Count a term once a document. Default false. */
  readonly binary?: boolean;
}

/** How counts become values. */
interface WeightOptions {
  /** Weigh terms by how few documents have them. Default true. */
  readonly useIdf?: boolean;
  /** Count one more document that has every term, so that nothing is divided by zero. Default true. */
  readonly smoothIdf?: boolean;
  /** 1 + ln(count) instead of the count. Default false. */
  readonly sublinearTf?: boolean;
  /** Make the squares ('l2'), or the values ('l1'), of every row sum to 1. Default 'l2'. */
  readonly norm?: 'l1' | 'l2' | null;
}

/**
 * Options of `TfidfVectorizer`: scikit-learn's of the same names. An option that is left out has its default.
 *
 * @template D a document
 * @template T the kind of number of the values: they are computed as doubles, and rounded once for 'float32'
 */
export type TfidfOptions<D = string, T extends 'float64' | 'float32' = 'float64'> = AnalysisOptions<D> &
  CommonOptions &
  VocabularyOptions &
  WeightOptions & {
    /** Default 'float64'. */
    readonly dtype?: T;
  };

/**
 * Options of `CountVectorizer`: scikit-learn's of the same names. An option that is left out has its default.
 *
 * @template D a document
 * @template T the kind of number of the counts; scikit-learn has integers of 64 bits
 */
export type CountOptions<D = string, T extends Dtype = 'uint32'> = AnalysisOptions<D> &
  CommonOptions &
  VocabularyOptions & {
    /** Default 'uint32'. */
    readonly dtype?: T;
  };

/**
 * Options of `HashingVectorizer`: scikit-learn's of the same names. An option that is left out has its default.
 *
 * @template D a document
 * @template T the kind of number of the values
 */
export type HashingOptions<D = string, T extends 'float64' | 'float32' = 'float64'> = AnalysisOptions<D> &
  CommonOptions & {
    /** Columns, from 1 to 2^31 - 2. Default 2^20. */
    readonly nFeatures?: number;
    /** Give each term a sign by its hash, so that terms that share a column cancel out on average. Default true. */
    readonly alternateSign?: boolean;
    /** Make every entry 1 before the norm. Default false. */
    readonly binary?: boolean;
    /** Make the squares ('l2'), or the absolute values ('l1'), of every row sum to 1. Default 'l2'. */
    readonly norm?: 'l1' | 'l2' | null;
    /** Default 'float64'. */
    readonly dtype?: T;
  };

/** Options for a saved vectorizer: what a file does not hold, functions among them where it had any. */
export type LoadOptions<D, T extends Dtype> = Pick<CommonOptions, 'threads' | 'simd' | 'onWarning'> & {
  readonly dtype?: T;
  readonly analyzer?: (document: D) => Iterable<string>;
  readonly preprocessor?: (document: D) => string;
  readonly stripAccents?: (text: string) => string;
  readonly tokenizer?: (document: string) => Iterable<string>;
};

/** The options with their defaults, without functions: they can be sent to a thread. */
export interface Settings {
  /** Whether bytes are split by the table of the default pattern, or strings by anything. */
  readonly counter: 'default-pattern' | 'any-pattern';
  readonly analyzer: 'word' | 'char' | 'char_wb';
  /**
   * What documents are when a lane gets them. A function among the options has run before: then they are preprocessed
   * text, or lists of tokens, or lists of terms.
   */
  readonly arrive: 'text' | 'preprocessed' | 'tokens' | 'terms';
  /** Of documents that arrive as text. */
  readonly lowercase: boolean;
  readonly stripAccents: AccentStripping | undefined;
  readonly tokenPattern: RegExp | undefined;
  readonly stopWords: readonly string[];
  readonly ngramRange: readonly [least: number, most: number];
  readonly minDf: DocumentLimit;
  readonly maxDf: DocumentLimit;
  readonly maxFeatures: number | undefined;
  readonly vocabulary: readonly string[] | undefined;
  readonly binary: boolean;
  readonly useIdf: boolean;
  readonly smoothIdf: boolean;
  readonly sublinearTf: boolean;
  readonly norm: 'l1' | 'l2' | null;
  /** Whether to use kernels; undefined: where there is enough text. */
  readonly simd: boolean | undefined;
}

/** How documents are made ready on this thread, before a lane gets them. */
export interface Preparation {
  readonly decodeError: DecodeError;
  /** Whether to lower-case for `stripAccents` and `tokenizer`. */
  readonly lowercase: boolean;
  readonly stripAccents: AccentStripping | ((text: string) => string) | undefined;
  readonly preprocessor: ((document: unknown) => unknown) | undefined;
  readonly tokenizer: ((text: string) => Iterable<unknown>) | undefined;
  readonly analyzer: ((document: unknown) => Iterable<unknown>) | undefined;
}

/** Names of the options that may be functions. */
export const FUNCTIONS = ['analyzer', 'preprocessor', 'stripAccents', 'tokenizer'] as const;
