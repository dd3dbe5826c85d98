// A folder of many small files, and what it takes the command to search in it or in its index: in processes of their own.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

const MAIN = fileURLToPath(new URL('../../src/tf-idf/main.ts', import.meta.url));
const TSX = fileURLToPath(new URL('../../../../node_modules/tsx/dist/cli.mjs', import.meta.url));
const PNPM = process.platform === 'win32' ? 'pnpm.cmd' : 'pnpm'; // left out where there is none

/** The index of a folder in a file beside it. Throws an Error where the command fails. */
export function indexFiles(folder: string): { file: string; seconds: number; bytes: number } {
  const file = join(folder, 'bench.index');
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'index', folder, '--out', file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Expected the index to be written, got status ${status}: ${stderr.slice(-500)}`);
  return { file, seconds: (performance.now() - start) / 1_000, bytes: statSync(file).size };
}

export interface StartTimes {
  readonly how: string;
  /** Of the whole command, in ms, ascending. */
  readonly times: readonly number[];
}

/**
 * Times a query of an index as a whole command, started in several ways in turn; and a program of one empty line in
 * TypeScript, which is what starting takes in any case.
 *
 * @throws Error where a command fails
 */
export function timeStarts(index: string, queries: readonly string[], rounds: number): StartTimes[] {
  const empty = join(index, '..', 'empty.ts');
  writeFileSync(empty, 'export {};\n');
  const search = (query: string): string[] => [MAIN, 'search', query, '--index', index, '--limit', '3'];
  const [first] = queries;
  const ways: readonly (readonly [how: string, program: string, argv: readonly string[]])[] = [
    ['node, of an empty .ts', process.execPath, [empty]],
    ...queries.map((query) => [`node main.ts, ${query}`, process.execPath, search(query)] as const),
    [`tsx main.ts, ${first}`, process.execPath, [TSX, ...search(first!)]],
    [`pnpm tsx main.ts, ${first}`, PNPM, ['tsx', ...search(first!)]],
  ];
  const there = ways.filter(([, program]) => spawnSync(program, ['--version']).status === 0);
  const times = new Map(there.map(([how]) => [how, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    for (const [how, program, argv] of there) {
      const start = performance.now();
      const { status, stderr } = spawnSync(program, argv, { encoding: 'utf8' });
      if (status !== 0)
        throw new Error(`Expected ${how} to find something, got status ${status}: ${stderr.slice(-500)}`);
      if (round >= 0) times.get(how)!.push(performance.now() - start); // the first fills Node's cache of compiled files
    }
  }
  return Array.from(times, ([how, all]) => ({ how, times: all.toSorted((a, b) => a - b) }));
}
