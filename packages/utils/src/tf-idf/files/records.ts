// Documents that are records of a file: a line each, or a field of a record of CSV or JSON lines each.

import { byteLines } from './byte-lines.ts';
import { plainName } from './bytes.ts';

/** A record: its text, the line on which it begins, and its bytes in the file. */
export interface FoundRecord {
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** A fault of files of records, in one line. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/** The names of fields that records have: a field that none has is a mistake. */
export class FieldNames {
  readonly #names = new Set<string>();

  add(names: Iterable<string>): void {
    for (const name of names) this.#names.add(name);
  }

  /** Throws a RecordError that lists the names, where the field is not among them. Without any record there is no mistake. */
  check(field: string): void {
    if (this.#names.size === 0 || this.#names.has(field)) return;
    const there = Array.from(this.#names, (name) => `'${name}'`).slice(0, 20);
    throw new RecordError(`Expected --field to be the name of a field, got '${field}'; there are: ${there.join(', ')}`);
  }
}

/** What is to be heard of records besides their texts. */
export interface RecordFaults {
  readonly names: FieldNames;
  /** Called for each record that is none: it is passed over. */
  readonly onBad: () => void;
}

/** The lines that are not blank. */
export async function* readLines(file: string): AsyncGenerator<FoundRecord> {
  for await (const found of byteLines(file)) if (found.text.trim() !== '') yield found;
}

/** One field of each record that has it; of CSV where the name of the file does not end in .jsonl or .ndjson. */
export async function* readField(file: string, field: string, faults: RecordFaults): AsyncGenerator<FoundRecord> {
  if (isJsonLines(file)) {
    yield* readJson(file, field, faults);
  } else {
    const { readCsv } = await import('./csv.ts');
    yield* readCsv(file, field, faults);
  }
}

/** The field of a record that is given as its text. Throws a RecordError where it is no such record any more. */
export async function fieldOf(text: string, field: string, file: string): Promise<string> {
  if (!isJsonLines(file)) return (await import('./csv.ts')).fieldOfCsv(text, field, file);
  const value = asText(parseRecord(text)?.[field]);
  if (value === undefined) throw new RecordError(`Expected '${file}' to have its record still, it is not there`);
  return value;
}

async function* readJson(file: string, field: string, { names, onBad }: RecordFaults): AsyncGenerator<FoundRecord> {
  for await (const found of readLines(file)) {
    const record = parseRecord(found.text);
    if (record !== undefined) names.add(Object.keys(record));
    const text = record && asText(record[field]);
    if (text !== undefined) yield { ...found, text };
    else if (record === undefined || (record[field] !== undefined && record[field] !== null)) onBad();
  }
}

/** Text as it is, numbers and truth values as they are written; undefined of what is absent, a list or an object. */
function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const record: unknown = JSON.parse(text);
    const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
    return isObject ? (record as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isJsonLines(file: string): boolean {
  return /\.(?:jsonl|ndjson)$/i.test(plainName(file));
}
