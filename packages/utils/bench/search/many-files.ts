// A folder of many small files, and what it takes the command to search in it: in a process of its own, for its memory.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const FILES_PER_FOLDER = 1_000;

/** A folder of `count` files that share the texts in turn, each with a word of its own: 'needle17'. */
export function makeFiles(count: number, texts: readonly string[]): { folder: string; bytes: number; remove(): void } {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'search-bench-'));
  let bytes = 0;
  for (let n = 0; n < count; n++) {
    const sub = join(folder, String(Math.floor(n / FILES_PER_FOLDER)));
    if (n % FILES_PER_FOLDER === 0) mkdirSync(sub);
    const content = Buffer.from(`needle${n}\n${texts[n % texts.length]!}`);
    bytes += content.length;
    writeFileSync(join(sub, `${n}.txt`), content);
  }
  return { folder, bytes, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Cost {
  readonly seconds: number;
  /** The largest resident set of the process, MiB. */
  readonly peakMemory: number;
}

/**
 * Runs the command, and asks it at its end what memory it took.
 *
 * @throws Error where it does not find the one file with the needle
 */
export async function searchFiles(folder: string, needle: number, count: number): Promise<Cost> {
  const main = new URL('../../src/tf-idf/main.ts', import.meta.url);
  const program = `
    process.argv.splice(1, 0, '');
    process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS));
    await import(${JSON.stringify(main.href)});`;
  const argv = ['--input-type=module', '-e', program, 'search', `needle${needle}`, folder, '--json'];
  const start = performance.now();
  const child = spawn(process.execPath, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: fileURLToPath(new URL('.', main)),
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const seconds = (performance.now() - start) / 1_000;
  const { documents, found } = JSON.parse(out || '{}') as { documents?: number; found?: number };
  if (documents !== count || found !== 1) {
    throw new Error(`Expected 1 of ${count} documents to be found, got ${found} of ${documents}: ${err.slice(-500)}`);
  }
  return { seconds, peakMemory: Number(/peak (\d+)/.exec(err)?.[1]) / 1_024 };
}
