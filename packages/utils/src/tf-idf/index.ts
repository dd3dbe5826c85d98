// Documents to TF-IDF vectors: scikit-learn's TfidfVectorizer, number for number.

export { DEFAULT_TOKEN_PATTERN } from './text/token-pattern.ts';
export { CsrMatrix } from './model/csr-matrix.ts';
export type { Documents, EncodedDocuments } from './text/documents.ts';
export type { DocumentLimit, TfidfOptions } from './options/options.ts';
export { TfidfVectorizer } from './vectorizer/vectorizer.ts';
export type { CallOptions } from './vectorizer/vectorizer.ts';
