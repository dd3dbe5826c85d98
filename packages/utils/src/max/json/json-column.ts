// One field of JSON records. JSON.parse rounds numbers to doubles; a number that may be an extreme is read once more, as it
// is written.

import type { ColumnValues } from '../cells/column-values.ts';
import { quote } from '../cells/words.ts';
import { ColumnError, DataError } from '../rows/errors.ts';
import type { JsonText } from './split-values.ts';

/** Hands the values of one field on, or the records themselves where they are values. */
export class JsonColumn {
  readonly #path: string | undefined;
  readonly #steps: readonly string[];
  readonly #values: ColumnValues;
  #fields: readonly string[] | undefined;
  #isThere = false;

  /** @param path the name of a field, or those of nested ones with points between: a.b.0; undefined for the records themselves */
  constructor(path: string | undefined, values: ColumnValues) {
    this.#path = path;
    this.#steps = path?.split('.') ?? [];
    this.#values = values;
  }

  /** @throws DataError where the text is no JSON, or no object where one is expected */
  add({ text, line }: JsonText): void {
    const record = this.#parse(text, line);
    this.#fields ??= isObject(record) ? Object.keys(record) : [];
    if (this.#path === undefined && isObject(record)) {
      throw new ColumnError(`Expected --column for JSON objects, got none; the first has: ${listOf(this.#fields)}`);
    }
    const value = this.#valueOf(record);
    if (value !== undefined) this.#isThere = true;
    if (typeof value === 'number') {
      if (this.#values.mayBeExtreme(value))
        this.#values.addText(String(this.#valueOf(withNumbersAsWritten(text))), line);
    } else if (value === undefined || value === null) {
      this.#values.addText('', line);
    } else if (typeof value === 'string') {
      this.#values.addText(value, line);
    } else {
      this.#values.addInvalid(JSON.stringify(value), line);
    }
  }

  /** @throws ColumnError where no record had the field */
  end(): void {
    if (this.#isThere || this.#path === undefined || this.#fields === undefined) return;
    throw new ColumnError(
      `Expected a field ${quote(this.#path)}, no record has it; the first has: ${listOf(this.#fields)}`,
    );
  }

  #parse(text: string, line: number): unknown {
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch {
      record = undefined;
    }
    if (this.#path === undefined ? record !== undefined : isObject(record)) return record;
    const expected = this.#path === undefined ? 'JSON' : 'a JSON object';
    throw new DataError(`Expected line ${line} to be ${expected}, got ${quote(text)}`);
  }

  #valueOf(record: unknown): unknown {
    if (this.#path === undefined) return record;
    if (Object.hasOwn(record as object, this.#path)) return (record as Record<string, unknown>)[this.#path];
    let value = record;
    for (const step of this.#steps) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as Record<string, unknown>)[step];
    }
    return value;
  }
}

function isObject(record: unknown): record is object {
  return typeof record === 'object' && record !== null && !Array.isArray(record);
}

function listOf(fields: readonly string[]): string {
  return fields.map(quote).join(', ');
}

/** As JSON.parse of Node 26 is, and its declaration not yet: a reviver is given the text of a value. */
type Parse = (text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;

/** A record in which numbers are strings: all their digits. */
function withNumbersAsWritten(text: string): unknown {
  return (JSON.parse as Parse)(text, (_key, value, { source }) => (typeof value === 'number' ? source : value));
}
