// The options of the vectorizer, as they are given and as they are read.

/** A number of documents, an integer from 1 up; or a share of all documents from 0 to 1. */
export type DocumentLimit = number | { readonly fraction: number };

/** scikit-learn's options of the same names. An option that is left out has its default. */
export interface TfidfOptions {
  /** Lower-case documents before they are split. Default true. */
  readonly lowercase?: boolean;
  /** The pattern of a token, with the flag u or v; a group, if any, is the token. Default: 2 word characters or more. */
  readonly tokenPattern?: RegExp;
  /** Splits a document, lower-cased where that is asked for, instead of the pattern. Runs on this thread alone. */
  readonly tokenizer?: (document: string) => Iterable<string>;
  /** Tokens to leave out, compared after lower-casing; 'english' is scikit-learn's list. Default none. */
  readonly stopWords?: 'english' | Iterable<string> | null;
  /** Least and most tokens in a row that make a term. Default [1, 1]. */
  readonly ngramRange?: readonly [least: number, most: number];
  /** Leave out terms found in fewer documents. Default 1. */
  readonly minDf?: DocumentLimit;
  /** Leave out terms found in more documents. Default { fraction: 1 }. */
  readonly maxDf?: DocumentLimit;
  /** Keep so many terms, those that occur most often; among equals the first in order. Default all. */
  readonly maxFeatures?: number | null;
  /** The terms in the order of their columns, or their columns from 0; nothing is learnt but the idf then. Default: learn. */
  readonly vocabulary?: Iterable<string> | ReadonlyMap<string, number> | null;
  /** Count a term once a document. Default false. */
  readonly binary?: boolean;
  /** Weigh terms by how few documents have them. Default true. */
  readonly useIdf?: boolean;
  /** Count one more document that has every term, so that nothing is divided by zero. Default true. */
  readonly smoothIdf?: boolean;
  /** 1 + ln(count) instead of the count. Default false. */
  readonly sublinearTf?: boolean;
  /** Make the squares ('l2'), or the values ('l1'), of every row sum to 1. Default 'l2'. */
  readonly norm?: 'l1' | 'l2' | null;
  /** Threads that share the work, with the same result for any number; 'auto' takes one for little text. Default 'auto'. */
  readonly threads?: 'auto' | number;
}

/** The options with their defaults. All but a tokenizer can be sent to a thread. */
export interface Settings {
  /** Whether bytes are split by the table of the default pattern, or strings by anything. */
  readonly counter: 'default-pattern' | 'any-pattern';
  readonly lowercase: boolean;
  readonly tokenPattern: RegExp | undefined;
  readonly tokenizer: ((document: string) => Iterable<string>) | undefined;
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
}
