// A temporary folder of numbered files, and how far a list of them is from the order of their numbers.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '@cookbook/lab/cleanup';

const COUNT = 12;

/** Makes a folder with files numbered from 1 to 12, lets it be listed, and removes it. */
export function listed(
  list: (folder: string) => Promise<string[]>,
  nameOf = (number: number): string => `file${number}.txt`,
): Promise<number[]> {
  return withFolder('pitfalls', async (folder) => {
    for (let number = 1; number <= COUNT; number++) await writeFile(join(folder, nameOf(number)), '');
    return (await list(folder)).map((name) => Number(/\d+/.exec(name)?.[0]));
  });
}

/** How many of the files would get the number of another if they were numbered in this order. */
export function misplaced(numbers: readonly number[]): number {
  return numbers.filter((number, index) => number !== index + 1).length;
}
