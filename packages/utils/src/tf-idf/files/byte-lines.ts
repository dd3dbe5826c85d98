// The lines of a file with their places in bytes, so that each can be read again without those before it.

import { decode, streamBytes } from './bytes.ts';

export interface ByteLine {
  readonly text: string;
  /** From 1 up. */
  readonly line: number;
  /** In bytes of UTF-8; the end is that of the text, without its line end. */
  readonly start: number;
  readonly end: number;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** One line is held at a time. Errors: as `streamBytes`. */
export async function* byteLines(file: string): AsyncGenerator<ByteLine> {
  let rest: Buffer[] = []; // of a line that the chunks so far have not ended
  let start = 0;
  let line = 1;
  const finish = (bytes: Buffer, ended: boolean): ByteLine => {
    const own = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
    const found = { text: decode(bytes.subarray(0, own)), line, start, end: start + own };
    start += bytes.length + (ended ? 1 : 0);
    line += 1;
    return found;
  };
  for await (const chunk of streamBytes(file)) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const piece = chunk.subarray(from, at);
      yield finish(rest.length === 0 ? piece : Buffer.concat([...rest, piece]), true);
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield finish(Buffer.concat(rest), false);
}
