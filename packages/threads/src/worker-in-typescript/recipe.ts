// Claim      new URL('./w.ts', import.meta.url) finds a worker in Node.js, tsx and vitest, not once tsc or esbuild made
//            JavaScript of the program. workerUrl does in all five.
// Mechanism  No compiler rewrites a path in new URL(); import.meta.url says which kind of file is running.
// Use when   TypeScript runs both as it is and compiled.
// Do not     use it with webpack, which looks for the plain form.
// Copy       recipe.ts; Node 22.18 or newer
// Run        pnpm tsx packages/threads/src/main.ts worker-in-typescript

import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';

/** What compilers make of TypeScript. */
const COMPILED: Readonly<Record<string, string>> = { '.ts': '.js', '.mts': '.mjs', '.cts': '.cjs' };

/** Broken once it is compiled: `rewriteRelativeImportExtensions` of tsc rewrites imports, and this is none. */
export function startAsWritten(source: string, base: string, options?: WorkerOptions): Worker {
  return new Worker(new URL(source, base), { execArgv: [], ...options });
}

/** Starts the worker whose source is `source`, without the flags of Node.js that this program was started with. */
export function startWorker(source: string, base: string, options?: WorkerOptions): Worker {
  return new Worker(workerUrl(source, base), { execArgv: [], ...options });
}

/**
 * The file to start a worker from. Where the module that asks is TypeScript, it is the source; where it was compiled or
 * bundled, what was made of the source: of its own name, or with the extension of the module that asks, as by a bundler that
 * writes .mjs.
 *
 * tsc compiles the worker where its configuration includes it, though nothing imports it. For a bundler it is an entry point
 * of its own, whose output has to stand where `source` points to from the bundle's file, not from the source that asks.
 *
 * @param source path of the worker from the source of the module that asks, such as './worker.ts'
 * @param base `import.meta.url` of that module
 * @throws Error where there is no such file: at once, and not by an event of a worker
 */
export function workerUrl(source: string, base: string): URL {
  const written = new URL(source, base);
  const [from, own] = [written.href, new URL(base).pathname].map((each) => path.posix.extname(each)) as [
    string,
    string,
  ];
  const candidates =
    own in COMPILED || !(from in COMPILED)
      ? [written]
      : [COMPILED[from]!, own].map((to) => new URL(written.href.slice(0, -from.length) + to));
  const found = candidates.find((url) => existsSync(url));
  if (found !== undefined) return found;
  throw new Error(`Expected a worker at ${candidates[0]!.href}: compile ${source}, or make it an entry of the bundle`);
}
