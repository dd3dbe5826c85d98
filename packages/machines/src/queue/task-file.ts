// Which file a task is: named on one machine, found on another, and never outside the folder that a worker was started for.

import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TaskName } from './payload.ts';

const KINDS = ['.ts', '.mts', '.js', '.mjs', '.cjs'];

/**
 * Names a task file for other machines.
 *
 * @param folder the folder below which it is on all of them
 * @throws Error where it is not below that folder, or is no module
 */
export async function nameTask(task: URL, folder: string): Promise<TaskName> {
  const [file, root] = await Promise.all([realpath(fileURLToPath(task)), realpath(folder)]);
  const name = path.relative(root, file).split(path.sep).join('/');
  if (!isBelow(name)) throw new Error(`Expected the task to be a file below ${root}, got ${file}`);
  checkKind(name);
  return { path: name, digest: digestOf(await readFile(file)) };
}

/**
 * Finds a task file that a job names.
 *
 * @returns its URL, a new one for each version of the file
 * @throws Error where the name leads out of the folder, through a symbolic link too, or the file is another than was named
 */
export async function findTask({ path: name, digest }: TaskName, folder: string): Promise<URL> {
  if (name.includes('\0') || name.includes('\\') || !isBelow(path.posix.normalize(name))) refuse(JSON.stringify(name));
  checkKind(name);
  const root = await realpath(folder);
  const file = await realpath(path.join(root, name)).catch(() => refuse(`${JSON.stringify(name)}, which is not there`));
  if (!isBelow(path.relative(root, file).split(path.sep).join('/')))
    refuse(`${JSON.stringify(name)}, a link out of it`);
  if (digestOf(await readFile(file)) !== digest) {
    throw new Error(`Expected ${name} to be the file that the run was started with, got another version of it`);
  }
  const url = pathToFileURL(file);
  url.searchParams.set('version', digest.slice(0, 16));
  return url;
}

function isBelow(name: string): boolean {
  return (
    name !== '' && name !== '.' && !path.posix.isAbsolute(name) && !/^[a-z]:/i.test(name) && !/^\.\.(\/|$)/.test(name)
  );
}

/** Also what a link points to is loaded only by such a name: the name says how Node.js reads it. */
function checkKind(name: string): void {
  if (KINDS.includes(path.posix.extname(name))) return;
  throw new Error(`Expected the task to be a module (${KINDS.join(', ')}), got ${JSON.stringify(name)}`);
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function refuse(got: string): never {
  throw new Error(`Expected the task to be a file below the folder of this worker, got ${got}`);
}
