// A list of names from a file or the input.

import { readFileSync } from 'node:fs';
import { UsageError } from '@cookbook/lab/command';
import type { Pair } from '../plan/plan.ts';
import { pairOf, readJsonPairs } from '../wish/map.ts';
import { decode, readTable } from '../wish/text.ts';

export const MAP_FORMATS = ['json', 'csv', 'tsv'] as const;

/** The pairs of a map, in the format that is named, or that the file's extension says. */
export function readMap(file: string, format: string | undefined): Pair[] {
  const own = /\.(csv|tsv)$/i.exec(file)?.[1]?.toLowerCase() ?? 'json';
  const known = MAP_FORMATS.find((name) => name === (format ?? own));
  if (known === undefined) {
    throw new UsageError(`Expected --map-format to be one of ${MAP_FORMATS.join(', ')}, got '${format}'`);
  }
  const text = decode(readInput('--map', file));
  if (known === 'json') return readJsonPairs(text);
  return readTable(text, known === 'csv' ? ',' : '\t').map(([from, to]) => pairOf(from, to));
}

export function readInput(option: string, file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new UsageError(`Expected ${option} to name a readable file, got '${file}': ${(error as Error).message}`);
  }
}
