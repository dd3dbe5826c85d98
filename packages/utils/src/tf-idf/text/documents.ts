// The kinds of documents, and how they get into batches.

/** Documents as bytes in one piece, UTF-8: document n is the bytes from `offsets[n]` to `offsets[n + 1]`. */
export interface EncodedDocuments {
  readonly bytes: Uint8Array;
  /** Ascending, one more than there are documents. */
  readonly offsets: ArrayLike<number>;
}

/** What stands for a document: where that is text, its bytes do too. */
export type Input<D = string> = D | (string extends D ? Uint8Array : never);

/**
 * Documents in their order: a list, or a stream of them, or bytes with offsets.
 *
 * @template D a document: text, or what a function among the options takes
 */
export type Documents<D = string> =
  | Iterable<Input<D>>
  | AsyncIterable<Input<D>>
  | (string extends D ? EncodedDocuments : never);

/** A document as a lane's batch takes it: text, or bytes that are known to be well-formed or are a list of terms. */
export type Document = string | Uint8Array;

/** Documents that are ready for a batch. */
export type ReadyDocuments = Iterable<Document> | AsyncIterable<Document>;

/** @throws TypeError where they are no list of any kind */
export function checkDocuments(documents: unknown): void {
  const isList =
    typeof documents === 'object' &&
    documents !== null &&
    !ArrayBuffer.isView(documents) &&
    ('offsets' in documents || Symbol.iterator in documents || Symbol.asyncIterator in documents);
  if (isList) return;
  const one = typeof documents === 'string' ? 'one string' : 'the bytes of one';
  const got = typeof documents === 'string' || ArrayBuffer.isView(documents) ? one : String(documents);
  throw new TypeError(`Expected \`documents\` to be a list of strings, got ${got}`);
}

/**
 * The documents one by one, each made ready by its number.
 *
 * @throws what `prepare` throws, and RangeError where offsets are not what they should be
 */
export function readDocuments(
  documents: Documents<unknown>,
  prepare: (document: unknown, number: number) => Document,
): ReadyDocuments {
  if ('offsets' in documents) return prepareEach(cut(documents), prepare);
  return Symbol.asyncIterator in documents ? prepareLater(documents, prepare) : prepareEach(documents, prepare);
}

function* prepareEach(
  documents: Iterable<unknown>,
  prepare: (document: unknown, number: number) => Document,
): Iterable<Document> {
  let number = 0;
  for (const document of documents) yield prepare(document, number++);
}

async function* prepareLater(
  documents: AsyncIterable<unknown>,
  prepare: (document: unknown, number: number) => Document,
): AsyncIterable<Document> {
  let number = 0;
  for await (const document of documents) yield prepare(document, number++);
}

function* cut({ bytes, offsets }: EncodedDocuments): Iterable<Uint8Array> {
  for (let n = 0; n + 1 < offsets.length; n++) {
    const [start, end] = [offsets[n]!, offsets[n + 1]!];
    if (!(Number.isInteger(start) && start >= 0 && start <= end && end <= bytes.length)) {
      throw new RangeError(
        `Expected \`offsets\` to ascend within ${bytes.length} bytes, got ${start} and ${end} for document ${n}`,
      );
    }
    yield bytes.subarray(start, end);
  }
}

/** UTF-16 units or bytes of text in the documents, or of the first ones where there are at least `enough`. */
export interface Sized {
  readonly size: number;
  /** The same documents. */
  readonly documents: Documents<unknown>;
}

/** Finds out whether there is `enough` text. Documents that can be read only once are kept, and passed on with the rest. */
export async function sizeUp(documents: Documents<unknown>, enough: number): Promise<Sized> {
  if (Array.isArray(documents)) return { size: sizeAll(documents as unknown[], enough), documents };
  if ('offsets' in documents) return { size: documents.bytes.length, documents };
  const isAsync = Symbol.asyncIterator in documents;
  const rest = isAsync ? documents[Symbol.asyncIterator]() : documents[Symbol.iterator]();
  const begun: unknown[] = [];
  let size = 0;
  while (size < enough) {
    const { value, done } = (await rest.next()) as IteratorResult<unknown, unknown>;
    if (done === true) return { size, documents: begun };
    begun.push(value);
    size += sizeOf(value);
  }
  return {
    size,
    documents: isAsync ? chainLater(begun, rest as AsyncIterator<unknown>) : chain(begun, rest as Iterator<unknown>),
  };
}

function sizeAll(documents: readonly unknown[], enough: number): number {
  let size = 0;
  for (let n = 0; n < documents.length && size < enough; n++) size += sizeOf(documents[n]);
  return size;
}

function sizeOf(document: unknown): number {
  return typeof document === 'string' || document instanceof Uint8Array ? document.length : 0;
}

function* chain(begun: readonly unknown[], rest: Iterator<unknown>): Iterable<unknown> {
  yield* begun;
  yield* { [Symbol.iterator]: () => rest };
}

async function* chainLater(begun: readonly unknown[], rest: AsyncIterator<unknown>): AsyncIterable<unknown> {
  yield* begun;
  yield* { [Symbol.asyncIterator]: () => rest };
}
