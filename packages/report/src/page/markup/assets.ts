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

const FOLDER = fileURLToPath(new URL('../', import.meta.url));
const STYLES = ['base', 'masthead', 'plot', 'table', 'claim', 'feel', 'print'];
const SCRIPTS = ['theme', 'claims', 'print', 'feel'];

export async function readAssets(): Promise<Assets> {
  const [style, script, worker] = await Promise.all([
    bundle(STYLES.map((name) => `@import './style/${name}.css';`).join('\n'), 'css'),
    bundle(SCRIPTS.map((name) => `import './client/${name}.ts';`).join('\n'), 'ts'),
    bundle("import './client/feel-worker.ts';", 'ts'),
  ]);
  return { style, script, worker };
}

async function bundle(contents: string, loader: 'css' | 'ts'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, loader, resolveDir: FOLDER },
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
