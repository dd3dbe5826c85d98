// Bytes that are read in their order, and of which the first can be looked at before: of a file, a pipe, a stream.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** So many bytes can be looked at before they are read: a header has to fit. */
export const HEAD = 2 ** 20;
/** Bytes of a piece where a source is read as pieces. */
const PIECE = 2 ** 16;

/** Bytes that are read in their order. */
export interface ByteSource extends AsyncDisposable {
  /** The first bytes: one MiB, or all where there are not so many. They are read as well. */
  readonly head: Buffer;
  /** The size in bytes where this is a file any part of which can be read on its own. */
  readonly size?: number;
  /** Reads the next bytes into a buffer, from `at` on: how many there were, 0 at the end. */
  read(into: Uint8Array, at: number): Promise<number>;
}

/**
 * The bytes of a file as they are, or of the input where the path is '-'.
 *
 * @throws Error of the system, with its code, where it cannot be opened or read
 */
export async function openBytes(path: string): Promise<ByteSource> {
  if (path === '-') return sourceOf(process.stdin);
  const handle = await open(path);
  const stat = await handle.stat();
  if (!stat.isFile()) return sourceOf(handle.createReadStream()); // a pipe; a folder fails with the first read
  return handleSource(handle, 0, stat.size);
}

/** The bytes of a plain file from `start` on, and its `size`. What is appended meanwhile is read as well. */
export async function openRange(path: string, start: number, size: number): Promise<ByteSource> {
  return handleSource(await open(path), start, size);
}

async function handleSource(handle: FileHandle, start: number, size: number): Promise<ByteSource> {
  let next = start;
  const read = async (into: Uint8Array, at: number): Promise<number> => {
    const { bytesRead } = await handle.read(into, at, into.length - at, next);
    next += bytesRead;
    return bytesRead;
  };
  const close = (): Promise<void> => handle.close();
  try {
    const head = await fill(Buffer.allocUnsafe(Math.min(HEAD, Math.max(PIECE, size - start))), read);
    return { head, size, read: after(head, read), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Bytes that come as pieces. */
export async function sourceOf(pieces: AsyncIterable<Uint8Array>): Promise<ByteSource> {
  const iterator = pieces[Symbol.asyncIterator]();
  let piece: Uint8Array | undefined;
  const read = async (into: Uint8Array, at: number): Promise<number> => {
    while (piece === undefined || piece.length === 0) {
      const { value, done } = await iterator.next();
      if (done) return 0;
      piece = value;
    }
    const taken = piece.subarray(0, into.length - at);
    into.set(taken, at);
    piece = piece.subarray(taken.length);
    return taken.length;
  };
  const head = await fill(Buffer.allocUnsafe(HEAD), read);
  return {
    head,
    read: after(head, read),
    async [Symbol.asyncDispose]() {
      await iterator.return?.();
    },
  };
}

/** What is left of a source, as pieces that stay as they are. */
export async function* piecesOf(source: ByteSource): AsyncGenerator<Buffer> {
  for (;;) {
    const piece = Buffer.allocUnsafe(PIECE);
    const length = await source.read(piece, 0);
    if (length === 0) return;
    yield piece.subarray(0, length);
  }
}

type Read = ByteSource['read'];

async function fill(head: Buffer, read: Read): Promise<Buffer> {
  let length = 0;
  while (length < head.length) {
    const got = await read(head, length);
    if (got === 0) break;
    length += got;
  }
  return head.subarray(0, length);
}

/** Reads the head first. */
function after(head: Buffer, read: Read): Read {
  let done = 0;
  return async (into, at) => {
    if (done === head.length) return read(into, at);
    const taken = head.subarray(done, done + into.length - at);
    into.set(taken, at);
    done += taken.length;
    return taken.length;
  };
}
