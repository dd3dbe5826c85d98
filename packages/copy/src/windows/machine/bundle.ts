// Commands as one file each, with the files of their threads and processes beside them: what can be carried to another
// system without its packages.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Packages in CommonJS ask for modules of Node by `require`, which a module does not have. */
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** How a module names the file of a thread or a process: by its place beside itself. */
const BESIDE = /new URL\(\s*'(\.[^']+\.ts)',\s*import\.meta\.url\s*\)/g;

/**
 * Bundles a program into a folder. A file that one of its modules starts as a thread or a process is bundled too, and lies
 * where that module's code, now in the program's own file, looks for it.
 *
 * @param entry absolute
 * @param out the file to write, '.ts' like everything that it starts
 * @param done the files that are written already
 */
export async function bundle(entry: string, out: string, done = new Set<string>()): Promise<void> {
  if (done.has(out)) return; // what a thread loads may name its own file, or its starter's
  done.add(out);
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    banner: { js: BANNER },
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
    absWorkingDir: path.dirname(entry),
  });
  for (const input of Object.keys(metafile.inputs)) {
    if (input.includes('node_modules') || !input.endsWith('.ts')) continue;
    const module = path.resolve(path.dirname(entry), input);
    for (const [, beside] of readFileSync(module, 'utf8').matchAll(BESIDE)) {
      await bundle(path.resolve(path.dirname(module), beside!), path.resolve(path.dirname(out), beside!), done);
    }
  }
}
