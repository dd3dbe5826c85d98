// An archive of packed documents behind HTTP, in a process of its own.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ArchiveOptions } from './archive-child.ts';

export interface Archive {
  /** 'http://127.0.0.1:PORT'; the documents are at `/document/N`, from 0. */
  readonly origin: string;
  close(): Promise<void>;
}

/** @throws Error where the process ends before it listens, and the signal's reason when it aborts */
export async function openArchive(options: ArchiveOptions, signal?: AbortSignal): Promise<Archive> {
  signal?.throwIfAborted();
  const child = fork(new URL('./archive-child.ts', import.meta.url), [JSON.stringify(options)], { execArgv: [] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', close);
    child.kill('SIGKILL');
    await gone;
  };
  signal?.addEventListener('abort', close);
  const port = await Promise.race([once(child, 'message'), gone]);
  signal?.throwIfAborted();
  if (!port) throw new Error('Expected the archive to listen, but its process has ended');
  return { origin: `http://127.0.0.1:${port[0]}`, close };
}
