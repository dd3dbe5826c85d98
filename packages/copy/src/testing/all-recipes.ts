// One project with every recipe in it, for systems and Nodes other than the one that the tests run on.

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { copy } from '../copy.ts';
import type { Description } from '../recipe/describe.ts';
import { withVersions } from '../recipe/needs.ts';
import { copyProgram } from './program.ts';

export interface SharedProject {
  /** The cookbook's root. */
  readonly root: string;
  readonly recipes: readonly Description[];
  /** An empty folder. */
  readonly folder: string;
  /** What `npm install` is given besides: '--os=win32'. */
  readonly npm?: readonly string[];
}

/**
 * Copies every recipe and the program that calls it, and installs the packages that they name. Each chapter is a folder of
 * its own, since recipes of two chapters may have one name; all of them share the packages.
 *
 * @returns what was installed: 'piscina@5.3.2'
 */
export function makeSharedProject({ root, recipes, folder, npm = [] }: SharedProject): string[] {
  execute('npm', ['init', '-y'], folder);
  execute('npm', ['pkg', 'set', 'type=module'], folder);
  for (const each of recipes) {
    const { chapter, id, name } = each.recipe;
    const home = path.join(folder, chapter);
    mkdirSync(home, { recursive: true });
    if (each.problems.length === 0) copy({ root, recipes: [id], target: path.join(home, 'src') });
    copyProgram(path.join(root, 'packages', chapter), name, home);
  }
  const packages = withVersions(Object.assign({}, ...recipes.map((each) => each.packages)) as Record<string, string>);
  if (packages.length > 0) execute('npm', ['install', '--no-audit', '--no-fund', ...npm, ...packages], folder);
  return packages;
}

/** Runs a command to its end and returns what it printed. @throws Error with that where it fails */
export function execute(command: string, args: readonly string[], cwd: string): string {
  // npm and npx are batch files on Windows, which only a shell starts.
  const shell = process.platform === 'win32';
  const quoted = shell ? args.map((arg) => `"${arg}"`) : args;
  const { status, stdout, stderr, error } = spawnSync(command, quoted, { cwd, encoding: 'utf8', shell });
  if (status === 0) return stdout;
  throw new Error(
    `Expected \`${command} ${args.join(' ')}\` to end with status 0: ${error?.message ?? stdout + stderr}`,
  );
}
