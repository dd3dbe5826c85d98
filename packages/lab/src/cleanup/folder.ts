// A folder for the files of a measurement, removed with it.

import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const open = new Set<string>();

// Ctrl-C ends a program by process.exit, which runs no `finally`.
process.on('exit', removeAll);

/** Runs `work` with an empty folder of its own, which is gone afterwards, however the program ends short of SIGKILL. */
export async function withFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  // At once: a program that ends while a promise makes the folder would leave it behind.
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`));
  open.add(folder);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    open.delete(folder);
  }
}

/**
 * There is no time for promises any more, nor for an error. Children may still be at work in the folder, and make a file
 * for each that is removed: under another name they do not find it.
 */
function removeAll(): void {
  for (const folder of open) {
    try {
      rmSync(hide(folder), { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // Somebody holds on to it; a folder of the system's temporary ones is what stays.
    }
  }
}

function hide(folder: string): string {
  try {
    renameSync(folder, `${folder}.ended`);
    return `${folder}.ended`;
  } catch {
    return folder; // Windows does not rename a folder with open files
  }
}
