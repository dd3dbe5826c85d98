// Empty projects into which recipes are copied: each has the packages that `pnpm copy` named, and no others.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { copyProgram } from './program.ts';

const exec = promisify(execFile);

export interface Project {
  /** The cookbook's root. */
  readonly root: string;
  /** Chapter and recipe: 'threads/mutex'. */
  readonly id: string;
  /** The folder to make. */
  readonly folder: string;
}

/**
 * Makes what `npm init` makes, with a recipe in src/, links to its packages, and in test/copied/ the program that calls it.
 *
 * @throws Error where the recipe cannot be copied, or a package is not installed for its chapter
 */
export async function makeProject({ root, id, folder }: Project): Promise<void> {
  const [chapter = '', name = ''] = id.split('/');
  const home = path.join(root, 'packages', chapter);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), packageJson(name));
  const { packages, types } = await copyRecipe(root, id, path.join(folder, 'src'));
  for (const needed of Object.keys({ ...packages, ...types })) link(needed, { from: home, into: folder });
  copyProgram(home, name, folder);
}

/** As `npm init -y` writes it, for a package of ES modules. */
function packageJson(name: string): string {
  const scripts = { test: 'echo "Error: no test specified" && exit 1' };
  return JSON.stringify({ name, version: '1.0.0', main: 'index.js', scripts, license: 'ISC', type: 'module' }, null, 2);
}

/**
 * Checks the types of the projects in a folder, under the settings of an ordinary strict project. In one run, since most of
 * it goes into the types of Node; each project has its own packages.
 *
 * @returns for a project's name the errors of its files, and those of no file
 */
export async function checkTypes(root: string, folder: string): Promise<(name: string) => string[]> {
  link('@types/node', { from: root, into: folder }); // `types` is looked up from here
  const compilerOptions = {
    strict: true,
    target: 'esnext',
    lib: ['esnext'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  };
  const config = { compilerOptions, include: ['*/src', '*/test'] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const typescript = path.dirname(createRequire(path.join(root, 'package.json')).resolve('typescript/package.json'));
  const errors = await exec(process.execPath, [path.join(typescript, 'bin', 'tsc'), '--pretty', 'false'], {
    cwd: folder,
  })
    .then(() => '')
    .catch((error: { stdout?: string; message: string }) => error.stdout?.trim() || error.message);
  // An error goes on in lines that are indented.
  const each = errors.split(/\n(?=\S)/).filter(Boolean);
  return (name) => each.filter((error) => !/^[\w-]+\/.*\(\d+,\d+\): /.test(error) || error.startsWith(`${name}/`));
}

/** Runs `pnpm copy`'s program. @throws Error with what it says where it copies nothing */
async function copyRecipe(root: string, id: string, target: string) {
  const program = path.join(root, 'packages', 'copy', 'src', 'main.ts');
  const { stdout } = await exec(process.execPath, [program, id, target, '--json']).catch(
    (error: { stdout: string; stderr: string }) => {
      throw new Error(error.stderr || (JSON.parse(error.stdout) as { problems: string[] }).problems.join('\n'));
    },
  );
  return JSON.parse(stdout) as Record<'packages' | 'types', Record<string, string>>;
}

/** Makes a package that `from` has installed available to a project. @throws Error where it is not installed */
function link(name: string, { from, into }: { from: string; into: string }): void {
  const folders = createRequire(path.join(from, 'package.json')).resolve.paths(name) ?? [];
  const installed = folders.map((folder) => path.join(folder, name)).find((folder) => existsSync(folder));
  if (installed === undefined) throw new Error(`Expected '${name}' to be installed for ${from}, and it is not`);
  const place = path.join(into, 'node_modules', name);
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(realpathSync(installed), place, 'junction');
}
