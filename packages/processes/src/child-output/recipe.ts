// Claim      exec rejects beyond 1 MiB; a child whose output nobody reads does not end; a stream takes 256 MiB in under 128.
//            process.exit cuts a pipe short; without a shell a user's word stays data.
// Mechanism  A pipe holds little; the writer waits for the reader.
// Use when   a server runs programs.
// Do not     let a user's word begin with `-`: put `--` before. Maintained: execa, tinyexec.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts child-output

import { exec, execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

/** Broken: a shell reads what a user has typed; beyond 1 MiB the shell is killed, and the program may go on. */
export async function outputByShell(command: string): Promise<string> {
  return (await promisify(exec)(command)).stdout;
}

/**
 * Mended: the program gets each word as it is. On Windows it is an .exe: a .cmd would need a shell.
 *
 * @param most bytes: a program that prints more is killed
 * @throws RangeError (ERR_CHILD_PROCESS_STDIO_MAXBUFFER) where it prints more; Error where it does not end with 0
 */
export async function outputOf(file: string, words: readonly string[], most = 2 ** 20): Promise<string> {
  const options = { maxBuffer: most, killSignal: 'SIGKILL', windowsHide: true } as const;
  return (await promisify(execFile)(file, words, options)).stdout;
}

/**
 * For output of any size: the program waits for `to`. That is ended where the program ends with 0, and destroyed where it
 * does not, lest half of an answer look whole.
 *
 * @throws Error where the program cannot be started, or ends with another than 0; the error of `to`; the signal's reason.
 *   The program is gone then; what it has started itself may be there
 */
export async function streamOutput(file: string, words: readonly string[], to: Writable, signal?: AbortSignal) {
  try {
    await run(file, words, 'pipe', async (child) => pipeline(child.stdout!, to, { end: false, signal }), signal);
  } catch (error) {
    to.destroy(); // without an error: this one is thrown, and no listener may be there for another
    throw error;
  }
  await finished(to.end());
}

/** The cheaper way to a file: no byte of it passes through this process. @throws Error as `streamOutput` */
export async function outputToFile(file: string, words: readonly string[], path: string, signal?: AbortSignal) {
  const to = await open(path, 'w');
  await run(file, words, to.fd, async () => {}, signal).finally(() => to.close());
}

type Take = (child: ChildProcess) => Promise<void>;

async function run(file: string, words: readonly string[], stdout: 'pipe' | number, take: Take, signal?: AbortSignal) {
  signal?.throwIfAborted();
  const child = spawn(file, words, { stdio: ['ignore', stdout, 'pipe'], windowsHide: true });
  const kill = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', kill);
  let errors = ''; // the end of stderr, which has to be read too
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-1_000)));
  try {
    const [[code, by]] = await Promise.all([once(child, 'close'), take(child)]);
    if (code !== 0) throw new Error(`Expected ${file} to end with 0, got ${by ?? code}: ${errors}`);
  } catch (error) {
    kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', kill);
  }
}

/** In the program. Broken: of what does not fit into the pipe nothing is sent. */
export function exitAtOnce(output: string | Uint8Array, code = 0): void {
  process.stdout.write(output);
  process.exit(code);
}

/** In the program. Mended: ends when all is written. */
export function exitWhenWritten(output: string | Uint8Array, code = 0): void {
  process.stdout.write(output, () => process.exit(code));
}
