// A folder that is gone when its use is over, however that comes about short of SIGKILL.

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const open = new Set<string>();

// Ctrl-C ends the program by process.exit, which runs no `finally`.
process.on('exit', () => {
  for (const folder of open) rmSync(folder, { recursive: true, force: true });
});

/** Makes a new folder, hands it to `use` and removes it with all that is in it. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pitfalls-'));
  open.add(folder);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    open.delete(folder);
  }
}
