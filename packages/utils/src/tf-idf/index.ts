// Documents to vectors: scikit-learn's vectorizers, number for number.

export { DEFAULT_TOKEN_PATTERN } from './text/token-pattern.ts';
export { CsrMatrix } from './model/csr-matrix.ts';
export type { Values } from './model/csr-matrix.ts';
export type { PrunedTerms } from './model/pruned-terms.ts';
export type { Documents, EncodedDocuments, Input } from './text/documents.ts';
export type { DecodeError } from './text/decode-bytes.ts';
export type { AccentStripping } from './text/accents.ts';
export type {
  AnalysisOptions,
  CharacterOptions,
  CountOptions,
  DocumentLimit,
  Dtype,
  FunctionOptions,
  HashingOptions,
  LoadOptions,
  TfidfOptions,
  WordOptions,
} from './options/options.ts';
export type { OnWarning, VectorizerWarning } from './options/warnings.ts';
export { CountVectorizer } from './vectorizer/count-vectorizer.ts';
export { HashingVectorizer } from './vectorizer/hashing-vectorizer.ts';
export { TfidfVectorizer } from './vectorizer/vectorizer.ts';
export type { CallOptions } from './vectorizer/lane-runner.ts';
