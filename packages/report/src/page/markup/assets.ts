// Style and scripts of the page, each bundled as one text when the page is built.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Assets {
  readonly style: string;
  /** Runs in the page. */
  readonly script: string;
  /** Lies in the page as text, for the worker of the live part. */
  readonly worker: string;
}

export async function readAssets(): Promise<Assets> {
  const [style, script, worker] = await Promise.all([
    bundle('../style/page.css'),
    bundle('../client/page.ts'),
    bundle('../client/feel-worker.ts'),
  ]);
  return { style, script, worker };
}

async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'iife',
    target: 'es2024',
    write: false,
    logLevel: 'silent', // an error is thrown
  });
  return outputFiles[0]!.text.trim();
}
