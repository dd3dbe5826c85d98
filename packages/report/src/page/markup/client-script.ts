// The page's scripts: TypeScript files of their own, made JavaScript and put together when the page is built.

import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

const FOLDER = new URL('../client/', import.meta.url);

export interface ClientScripts {
  /** Runs in the page. */
  readonly page: string;
  /** Lies in the page as text, for the worker of the live part. */
  readonly worker: string;
}

/** Every list is one scope, in the order of what it imports. */
export async function readClientScripts(): Promise<ClientScripts> {
  const [theme, claims, print, feel, worker] = await Promise.all([
    scope(['theme.ts']),
    scope(['claims.ts']),
    scope(['print.ts']),
    scope(['work.ts', 'frames.ts', 'feel.ts']),
    scope(['work.ts', 'feel-worker.ts']),
  ]);
  return { page: `'use strict';\n${[theme, claims, print, feel].join('\n')}`, worker: `'use strict';\n${worker}` };
}

async function scope(files: readonly string[]): Promise<string> {
  const sources = await Promise.all(files.map((file) => readFile(new URL(file, FOLDER), 'utf8')));
  return `{\n${sources.map((source) => joinable(stripTypes(source))).join('\n')}\n}`;
}

/**
 * JavaScript without its imports and the word `export`, to stand in one scope with what it imports.
 *
 * @throws Error where something else than a name of a neighbour is imported, or more than a function exported
 */
export function joinable(code: string): string {
  const joined = code
    .replaceAll(/^import\s[^;]*? from '\.\/[\w-]+\.ts';$/gm, '')
    .replaceAll(/^export (?=function |async function |const )/gm, '')
    .replaceAll(/^ *\/\/.*\n/gm, '')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
  const left = /^(?:import|export)\b.*$/m.exec(joined);
  if (left) throw new Error(`Expected imports of neighbours and exports of functions alone, got '${left[0]}'`);
  return joined;
}

/** Node marks the function as experimental and says so on stderr; the page is checked in a browser, so nobody needs that line. */
function stripTypes(source: string): string {
  const warn = Object.getOwnPropertyDescriptor(process, 'emitWarning')!;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    Object.defineProperty(process, 'emitWarning', warn);
  }
}
