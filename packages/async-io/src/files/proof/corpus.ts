// Files to read: small ones of the packages that are installed anyway, and made ones whose digests are known beforehand.

import { hash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSync } from '../recipe.ts';
import type { Product } from '../recipe.ts';

/** 'Small': a file that is read in one piece. */
export const LARGEST = 64 * 1_024;

export interface MadeFile {
  readonly file: string;
  /** SHA-256 of what was written, from memory. */
  readonly digest: string;
}

/** Files to read, all of them in the system's cache, and what is to come of each. */
export interface Corpus {
  readonly files: readonly string[];
  /** How many are of installed packages; the others were made. */
  readonly found: number;
  /** What a synchronous read makes of each. */
  readonly expected: Readonly<Record<Product, readonly string[]>>;
  /** Made files whose digest is not that of what was written: the synchronous read is checked against memory. */
  readonly wrong: number;
}

/** Finds small files of installed packages, four of five, makes the others in `folder`, and reads them all once. */
export async function openCorpus(folder: string, count = 10_000): Promise<Corpus> {
  const found = findSmallFiles(packagesFolder(), count - count / 5);
  const made = await makeFiles(folder, count - found.length);
  const files = [...found, ...made.map(({ file }) => file)];
  const expected = { digest: readSync(files, 'digest'), length: readSync(files, 'length') };
  const written = made.map(({ digest }) => digest);
  return { files, found: found.length, expected, wrong: countWrong(expected.digest.slice(found.length), written) };
}

/** How many are not as expected; the missing ones and those that are too many count too. */
export function countWrong(products: readonly string[], expected: readonly string[]): number {
  const longer = Math.max(products.length, expected.length);
  return Array.from({ length: longer }, (_, at) => products[at] !== expected[at]).filter(Boolean).length;
}

/** The folder that holds the packages of this checkout. */
export function packagesFolder(): string {
  const inside = fileURLToPath(import.meta.resolve('p-limit'));
  const name = `${path.sep}node_modules${path.sep}`;
  return inside.slice(0, inside.indexOf(name) + name.length - 1);
}

/**
 * Up to `count` small files below `folder`, in an order that is the same on every run. Links are not followed, and what
 * tools keep for themselves behind a leading dot is left out: it may change meanwhile.
 */
export function findSmallFiles(folder: string, count: number): string[] {
  const found: string[] = [];
  const folders = [folder];
  while (folders.length > 0 && found.length < count) {
    const current = folders.pop()!;
    const entries = readdirSync(current, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.name.startsWith('.') && entry.name !== '.pnpm') continue;
      const name = path.join(current, entry.name);
      if (entry.isDirectory()) folders.push(name);
      else if (entry.isFile() && found.length < count && statSync(name).size <= LARGEST) found.push(name);
    }
  }
  return found;
}

/** Writes `count` files of up to 8 KiB into `folder`, the first one empty. */
export async function makeFiles(folder: string, count: number): Promise<MadeFile[]> {
  await mkdir(folder, { recursive: true });
  const made: MadeFile[] = [];
  for (let first = 0; first < count; first += 100) {
    const numbers = Array.from({ length: Math.min(100, count - first) }, (_, offset) => first + offset);
    made.push(...(await Promise.all(numbers.map((number) => makeFile(folder, number)))));
  }
  return made;
}

async function makeFile(folder: string, number: number): Promise<MadeFile> {
  const file = path.join(folder, `made-${number}.txt`);
  const text = `file ${number} of the cookbook\n`.repeat((number * 37) % 320);
  await writeFile(file, text);
  return { file, digest: hash('sha256', text) };
}
