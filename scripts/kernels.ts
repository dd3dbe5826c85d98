// Compiles the kernels that are written in AssemblyScript, `*.as.ts`, to the `*.wasm` beside them: `pnpm kernels`. With
// --check it writes nothing, and fails where a kernel kept here is not what its source compiles to.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Not a dependency, so that a reader need not install it: the compiled kernels are kept. Pinned, for the same bytes. */
const COMPILER = 'assemblyscript@0.28.20';
// prettier-ignore
const OPTIONS = [
  '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd,threads',
  '--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536',
];

const HELP = `Usage: pnpm kernels [--check]

Compiles packages/*/src/**/*.as.ts to WebAssembly, by ${COMPILER} from npm.

  --check   write nothing; exit with 1 where a kernel differs from what its source compiles to
  --help    show this

Exit status: 0 done, or all as they should be; 1 a kernel differs, or could not be compiled; 2 wrong usage.`;

const root = fileURLToPath(new URL('../', import.meta.url));

process.exitCode = main(process.argv.slice(2));

function main(args: string[]): number {
  let options: { check?: boolean; help?: boolean };
  try {
    ({ values: options } = parseArgs({ args, options: { check: { type: 'boolean' }, help: { type: 'boolean' } } }));
  } catch (error) {
    console.error(`${(error as Error).message}\nTry pnpm kernels --help`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const sources = globSync('packages/*/src/**/*.as.ts', { cwd: root }).toSorted();
  const results = sources.map((source) => treat(source, options.check === true));
  return results.every(Boolean) ? 0 : 1;
}

/** Whether the kernel is, or now is, what its source compiles to. */
function treat(source: string, onlyCheck: boolean): boolean {
  const kernel = path.join(root, source.replace(/\.as\.ts$/, '.wasm'));
  const bytes = compile(source);
  if (bytes === undefined) return false;
  const same = existsSync(kernel) && readFileSync(kernel).equals(bytes);
  if (!same && !onlyCheck) writeFileSync(kernel, bytes);
  const word = same ? 'same   ' : onlyCheck ? 'DIFFERS' : 'written';
  console.log(`${word} ${source.split(path.sep).join('/')}, ${bytes.length} bytes`);
  return same || !onlyCheck;
}

/** What the source compiles to; undefined, and said why, where it does not. */
function compile(source: string): Buffer | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'kernels-'));
  try {
    const out = path.join(folder, 'kernel.wasm');
    const args = [`--package=${COMPILER}`, 'dlx', 'asc', path.join(root, source), ...OPTIONS, '--outFile', out];
    const { status, stdout, stderr, error } = pnpm(['--silent', ...args], folder);
    if (status === 0 && existsSync(out)) return readFileSync(out);
    console.error(`FAILED  ${source}: ${error?.message ?? `${stdout}${stderr}`}`);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The pinned pnpm, by npx of npm. */
function pnpm(args: readonly string[], cwd: string) {
  const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    packageManager: string;
  };
  const shell = process.platform === 'win32'; // npx is a batch file there
  return spawnSync('npx', ['--yes', packageManager, ...args], { cwd, encoding: 'utf8', shell });
}
