// Reads what a run left, and refuses what it does not understand in one line.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { UsageError } from '@cookbook/lab/command';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv';
import { VERSION } from './format.ts';
import type { JsonClaim } from '@cookbook/lab/show';
import type { Results } from './format.ts';

const ajv = new Ajv2020({ strict: true });
ajv.addSchema(readSchema(import.meta.resolve('@cookbook/lab/claims.schema.json')), 'claims.schema.json');
const isResults = ajv.compile<Results>(readSchema(new URL('./results.schema.json', import.meta.url).href));
const isClaim = ajv.compile<JsonClaim>({ $ref: 'claims.schema.json#/$defs/claim' });

/**
 * Reads a result file.
 *
 * @throws UsageError where it is not there, no JSON, of another version, or not of the published form
 */
export async function readResults(file: string): Promise<Results> {
  return parseResults(file, await readText(file));
}

/** `readResults` on the text of a file; `name` stands for it in the errors. */
export function parseResults(name: string, text: string): Results {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`Expected ${name} to be the JSON of a run, got ${JSON.stringify(text.slice(0, 40))}`);
  }
  const { version } = (value ?? {}) as { version?: unknown };
  if (version !== VERSION) {
    throw new UsageError(
      `Expected ${name} to be a result of version ${VERSION}, got ${version === undefined ? 'none' : JSON.stringify(version)}`,
    );
  }
  if (isResults(value)) return value;
  throw new UsageError(
    `Expected ${name} to keep the form of a result of version ${VERSION}: ${breach(isResults.errors)}`,
  );
}

/** What is wrong with the form of a claim, undefined where nothing is. What is not a finite number is lost in JSON. */
export function formError(claim: unknown): string | undefined {
  return isClaim(JSON.parse(JSON.stringify(claim))) ? undefined : breach(isClaim.errors);
}

function breach(errors: readonly ErrorObject[] | null | undefined): string {
  const error = errors?.[0];
  const more = Object.values(error?.params ?? {}).flat();
  return `${error?.instancePath || 'it'} ${error?.message ?? 'does not'}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`Expected a result at ${file}, got ${(error as NodeJS.ErrnoException).code}`);
  }
}

function readSchema(url: string): object {
  return JSON.parse(readFileSync(new URL(url), 'utf8')) as object;
}
