// Shows a file by the system's own opener. That there is none is no failure of the run.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The program of each system that opens a file as a double click does. */
function openerOf(platform: NodeJS.Platform, file: string): [program: string, args: string[]] {
  if (platform === 'darwin') return ['open', [file]];
  // Not `start`, which is no program but a word of a shell that would read `&` in a path as its own.
  if (platform === 'win32') return ['explorer.exe', [file]];
  return ['xdg-open', [file]];
}

/** How long an opener may take until it counts as at work: a browser that it starts may stay its child. */
const PATIENCE_MS = 2_000;

/**
 * Opens the file and does not wait for its reader.
 *
 * @returns why it could not be opened, undefined where it was
 */
async function openFile(file: URL, platform: NodeJS.Platform = process.platform): Promise<string | undefined> {
  const [program, args] = openerOf(platform, fileURLToPath(file));
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.unref();
  try {
    const [status] = (await once(child, 'exit', { signal: AbortSignal.timeout(PATIENCE_MS) })) as [number | null];
    const failed = status !== 0 && platform !== 'win32'; // explorer.exe ends with 1 when all is well
    return failed ? `${program} ended with exit code ${status}` : undefined;
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return name === 'AbortError' ? undefined : `${program}: ${code ?? (error as Error).message}`;
  }
}

/** Opens the file; where that fails, says so on stderr and lets it be. */
export async function show(file: URL): Promise<void> {
  const problem = await openFile(file);
  if (problem !== undefined) console.error(`The page could not be opened (${problem}): open it by hand`);
}
