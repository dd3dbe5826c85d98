// What is sent, and the sum by which the other side proves that it has all of it.

/** A row of a table, as a database or an API hands it over. */
interface Row {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
}

export type Kind = 'string' | 'Buffer' | 'records';
export type Payload = string | Buffer | SharedArrayBuffer | readonly Row[];

/** A row takes about so many bytes as JSON. */
const BYTES_OF_ROW = 64;

/** A payload of about so many bytes, of a kind; records are counted by what they take as JSON. */
export function makePayload(kind: Kind, bytes: number): Payload {
  if (kind === 'string') return 'the quick brown fox jumps over the lazy dog. '.repeat(bytes / 45 + 1).slice(0, bytes);
  if (kind === 'Buffer') {
    const buffer = Buffer.alloc(bytes);
    for (let n = 0; n < bytes; n++) buffer[n] = n * 31;
    return buffer;
  }
  return Array.from({ length: Math.ceil(bytes / BYTES_OF_ROW) }, (_, id) => ({
    id,
    name: `customer number ${id}`.padEnd(26, '.'),
    active: id % 3 === 0,
  }));
}

/** A JSON channel makes this of a Buffer: its `toJSON`, which nothing turns back. */
interface BufferAsJson {
  readonly type: 'Buffer';
  readonly data: readonly number[];
}

/** What a message has become on the other side: 'string', 'bytes', 'shared bytes', 'records', '{ type, data }'. */
export function formOf(message: unknown): string {
  if (typeof message === 'string') return 'string';
  if (message instanceof SharedArrayBuffer) return 'shared bytes';
  if (ArrayBuffer.isView(message) || message instanceof ArrayBuffer) return 'bytes';
  if (Array.isArray(message)) return 'records';
  return isBufferAsJson(message) ? '{ type, data }' : typeof message;
}

/** Adds up everything that a message holds, so that nothing can be missing, and none of it is still to be fetched. */
export function sumOf(message: unknown): number {
  let sum = 0;
  if (typeof message === 'string') {
    for (let n = 0; n < message.length; n++) sum += message.charCodeAt(n);
  } else if (Array.isArray(message)) {
    for (const { id, name, active } of message as Row[]) sum += id + name.length + (active ? 1 : 0);
  } else {
    const bytes = bytesOf(message);
    for (let n = 0; n < bytes.length; n++) sum += bytes[n]!;
  }
  return sum;
}

function bytesOf(message: unknown): ArrayLike<number> {
  if (isBufferAsJson(message)) return message.data;
  if (ArrayBuffer.isView(message)) return new Uint8Array(message.buffer, message.byteOffset, message.byteLength);
  return new Uint8Array(message as ArrayBuffer | SharedArrayBuffer);
}

function isBufferAsJson(message: unknown): message is BufferAsJson {
  return (message as BufferAsJson | null)?.type === 'Buffer' && Array.isArray((message as BufferAsJson).data);
}
