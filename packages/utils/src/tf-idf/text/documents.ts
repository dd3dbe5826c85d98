// The kinds of documents, and how they get into batches.

import { isUtf8 } from 'node:buffer';

/** Documents as UTF-8: document n is the bytes from `offsets[n]` to `offsets[n + 1]`. */
export interface EncodedDocuments {
  readonly bytes: Uint8Array;
  /** Ascending, one more than there are documents. */
  readonly offsets: ArrayLike<number>;
}

export type Documents = Iterable<string> | AsyncIterable<string> | EncodedDocuments;

/** A document as a lane's batch takes it: text, or bytes that are known to be well-formed. */
export type Document = string | Uint8Array;

/** @throws TypeError where they are no list of any kind */
export function checkDocuments(documents: unknown): void {
  const isList =
    typeof documents === 'object' &&
    documents !== null &&
    ('offsets' in documents || Symbol.iterator in documents || Symbol.asyncIterator in documents);
  if (isList) return;
  const got = typeof documents === 'string' ? 'one string' : String(documents);
  throw new TypeError(`Expected \`documents\` to be a list of strings, got ${got}`);
}

/**
 * The documents one by one.
 *
 * @throws TypeError where one of them is no well-formed text
 */
export function readDocuments(documents: Documents): Iterable<Document> | AsyncIterable<Document> {
  if ('offsets' in documents) return cut(documents);
  return Symbol.asyncIterator in documents ? checkLater(documents) : checkEach(documents);
}

function* checkEach(documents: Iterable<string>): Iterable<string> {
  let number = 0;
  for (const document of documents) yield checkText(document, number++);
}

async function* checkLater(documents: AsyncIterable<string>): AsyncIterable<string> {
  let number = 0;
  for await (const document of documents) yield checkText(document, number++);
}

function checkText(document: unknown, number: number): string {
  if (typeof document !== 'string') {
    throw new TypeError(
      `Expected document ${number} to be a string, got ${document === null ? 'null' : typeof document}`,
    );
  }
  if (!document.isWellFormed()) {
    throw new TypeError(`Expected document ${number} to be well-formed, got half a surrogate pair in it`);
  }
  return document;
}

function* cut({ bytes, offsets }: EncodedDocuments): Iterable<Uint8Array> {
  for (let n = 0; n + 1 < offsets.length; n++) {
    const [start, end] = [offsets[n]!, offsets[n + 1]!];
    if (!(Number.isInteger(start) && start >= 0 && start <= end && end <= bytes.length)) {
      throw new RangeError(
        `Expected \`offsets\` to ascend within ${bytes.length} bytes, got ${start} and ${end} for document ${n}`,
      );
    }
    const document = bytes.subarray(start, end);
    if (!isUtf8(document)) throw new TypeError(`Expected document ${n} to be UTF-8, got other bytes in it`);
    yield document;
  }
}

/** UTF-16 units or bytes of text in the documents, or of the first ones where there are at least `enough`. */
export interface Sized {
  readonly size: number;
  /** The same documents. */
  readonly documents: Documents;
}

/** Finds out whether there is `enough` text. Documents that can be read only once are kept, and passed on with the rest. */
export async function sizeUp(documents: Documents, enough: number): Promise<Sized> {
  if (Array.isArray(documents)) return { size: sizeOf(documents as unknown[], enough), documents };
  if ('offsets' in documents) return { size: documents.bytes.length, documents };
  const isAsync = Symbol.asyncIterator in documents;
  const rest = isAsync ? documents[Symbol.asyncIterator]() : documents[Symbol.iterator]();
  const begun: string[] = [];
  let size = 0;
  while (size < enough) {
    const { value, done } = await rest.next();
    if (done === true) return { size, documents: begun };
    begun.push(value);
    if (typeof value === 'string') size += value.length;
  }
  return {
    size,
    documents: isAsync ? chainLater(begun, rest as AsyncIterator<string>) : chain(begun, rest as Iterator<string>),
  };
}

function sizeOf(documents: readonly unknown[], enough: number): number {
  let size = 0;
  for (let n = 0; n < documents.length && size < enough; n++) {
    const document = documents[n];
    if (typeof document === 'string') size += document.length;
  }
  return size;
}

function* chain(begun: readonly string[], rest: Iterator<string>): Iterable<string> {
  yield* begun;
  yield* { [Symbol.iterator]: () => rest };
}

async function* chainLater(begun: readonly string[], rest: AsyncIterator<string>): AsyncIterable<string> {
  yield* begun;
  yield* { [Symbol.asyncIterator]: () => rest };
}
