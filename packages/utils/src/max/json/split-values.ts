// Cuts JSON text into the values that follow one another, without holding more than one and the piece it came in: lines,
// the elements of an array, or values one after another. Only brackets, strings and commas are followed; whether a value
// is JSON is for JSON.parse to say.

import { DataError } from '../rows/errors.ts';

/** One value as it is written. */
export interface JsonText {
  readonly text: string;
  /** The line in which it begins, from 1 up. */
  readonly line: number;
}

/** Takes bytes in any pieces, and returns the values that end in them. */
export interface Splitter {
  /** @throws DataError where the text cannot be JSON */
  push(bytes: Buffer): JsonText[];
  /** The values that only the end of the text ends. */
  end(): JsonText[];
}

/** More than that is taken for a bracket or a quote that is left open. */
const LONGEST_VALUE = 2 ** 26;

/** A value a line. Blank lines are passed over. */
export class LineSplitter implements Splitter {
  #rest: Buffer[] = [];
  #length = 0;
  #line = 0;

  push(bytes: Buffer): JsonText[] {
    const last = bytes.lastIndexOf(0x0a);
    if (last < 0) {
      this.#keep(bytes);
      return [];
    }
    const text = Buffer.concat([...this.#rest, bytes.subarray(0, last)]).toString();
    this.#rest = [];
    this.#length = 0;
    this.#keep(bytes.subarray(last + 1));
    return this.#lines(text);
  }

  end(): JsonText[] {
    return this.#lines(Buffer.concat(this.#rest).toString());
  }

  #lines(text: string): JsonText[] {
    const found: JsonText[] = [];
    for (const each of text.split('\n')) {
      this.#line++;
      const trimmed = each.trim(); // of a byte order mark too
      if (trimmed !== '') found.push({ text: trimmed, line: this.#line });
    }
    return found;
  }

  #keep(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length > LONGEST_VALUE) throw tooLong(this.#line + 1);
    if (bytes.length > 0) this.#rest.push(bytes);
  }
}

const [QUOTE, BACKSLASH, COMMA, NEWLINE] = [0x22, 0x5c, 0x2c, 0x0a];
const OPENING: ReadonlySet<number> = new Set(Buffer.from('{['));
const CLOSING: ReadonlySet<number> = new Set(Buffer.from('}]'));
const [OPEN_ARRAY, CLOSE_ARRAY] = [0x5b, 0x5d];

/** The elements of one array; where the text does not begin with one, values one after another. */
export class ValueSplitter implements Splitter {
  /** 'sequence' and 'array' say what the text is, 'done' that the array is closed. */
  #state: 'start' | 'sequence' | 'array' | 'done' = 'start';
  #value: Buffer[] = [];
  #length = 0;
  #valueLine = 1;
  #line = 1;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #elements = 0;

  push(bytes: Buffer): JsonText[] {
    const found: JsonText[] = [];
    let start = 0;
    const finish = (end: number, next: number): void => {
      this.#keep(bytes.subarray(start, end));
      start = next;
      const text = Buffer.concat(this.#value).toString();
      if (text !== '') found.push({ text, line: this.#valueLine });
      this.#value = [];
      this.#length = 0;
    };
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === NEWLINE) this.#line++;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        continue;
      }
      const isEmpty = this.#length === 0 && at === start;
      if (isEmpty && isBlank(byte)) {
        start = at + 1;
        continue;
      }
      if (this.#state === 'done')
        throw new DataError(`Expected nothing behind the JSON array, got more in line ${this.#line}`);
      if (this.#state === 'start') {
        this.#state = byte === OPEN_ARRAY ? 'array' : 'sequence';
        if (this.#state === 'array') {
          start = at + 1;
          continue;
        }
      }
      if (isEmpty) this.#valueLine = this.#line;
      if (byte === QUOTE) {
        this.#inString = true;
      } else if (OPENING.has(byte)) {
        this.#depth++;
      } else if (this.#depth > 0) {
        if (CLOSING.has(byte) && --this.#depth === 0 && this.#state === 'sequence') finish(at + 1, at + 1);
      } else if (this.#state === 'array' && (byte === COMMA || byte === CLOSE_ARRAY)) {
        if (isEmpty && (byte === COMMA || this.#elements > 0))
          throw new DataError(`Expected a JSON value in line ${this.#line}, got none`);
        finish(at, at + 1);
        this.#elements++;
        if (byte === CLOSE_ARRAY) this.#state = 'done';
      } else if (this.#state === 'sequence' && isBlank(byte)) {
        finish(at, at + 1);
      }
    }
    this.#keep(bytes.subarray(start));
    return found;
  }

  end(): JsonText[] {
    if (this.#state === 'array') throw new DataError('Expected the JSON array to be closed, the text ends within it');
    const text = Buffer.concat(this.#value).toString();
    return text === '' ? [] : [{ text, line: this.#valueLine }];
  }

  #keep(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length > LONGEST_VALUE) throw tooLong(this.#valueLine);
    if (bytes.length > 0) this.#value.push(bytes);
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function tooLong(line: number): DataError {
  return new DataError(
    `Expected JSON values of at most 64 MiB, line ${line} begins a longer one: is a bracket or a quote left open in it?`,
  );
}
