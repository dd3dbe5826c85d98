// What a walk passes over: hidden names, .git, node_modules, and what .gitignore files name.

import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';

/** What is not passed over, and what else is. */
export interface WalkOptions {
  /** Names that begin with a dot are read too. */
  readonly hidden?: boolean;
  /** No .gitignore file counts, and .git and node_modules are read too. */
  readonly noIgnore?: boolean;
  /** Patterns as in a .gitignore file: what they name, below the paths that were given, is passed over. */
  readonly exclude?: readonly string[];
}

interface RuleFile {
  /** The folder that its patterns are about. */
  readonly folder: string;
  readonly rules: Ignore;
}

const NEVER: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** The rules that hold in a folder: those of its own .gitignore, and of the folders around it. */
export class IgnoreRules {
  readonly #options: WalkOptions;
  readonly #exclude: RuleFile | undefined;
  /** The innermost last. */
  readonly #files: readonly RuleFile[];

  private constructor(options: WalkOptions, exclude: RuleFile | undefined, files: readonly RuleFile[]) {
    this.#options = options;
    this.#exclude = exclude;
    this.#files = files;
  }

  /** The rules for a walk that begins in a folder: its repository's too, where it is in one. */
  static async at(folder: string, options: WalkOptions): Promise<IgnoreRules> {
    const { exclude = [], noIgnore = false } = options;
    const own = exclude.length === 0 ? undefined : { folder: resolve(folder), rules: ignore().add([...exclude]) };
    const around = noIgnore ? [] : await foldersAround(resolve(folder));
    const files = await Promise.all(around.map(readRules));
    return new IgnoreRules(options, own, files.flat());
  }

  /** The rules for a folder within this one. */
  async within(folder: string): Promise<IgnoreRules> {
    if (this.#options.noIgnore) return this;
    const files = await readRules(resolve(folder));
    return files.length === 0 ? this : new IgnoreRules(this.#options, this.#exclude, [...this.#files, ...files]);
  }

  /** Whether an entry of the folder is passed over. */
  skips(path: string, name: string, isFolder: boolean): boolean {
    const { hidden = false, noIgnore = false } = this.#options;
    if (!noIgnore && NEVER.has(name)) return true;
    if (!hidden && name.startsWith('.')) return true;
    const absolute = resolve(path);
    if (this.#exclude && test(this.#exclude, absolute, isFolder).ignored) return true;
    for (const file of this.#files.toReversed()) {
      const { ignored, unignored } = test(file, absolute, isFolder);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

function test({ folder, rules }: RuleFile, absolute: string, isFolder: boolean) {
  return rules.test(relative(folder, absolute).replaceAll(sep, '/') + (isFolder ? '/' : ''));
}

/** The folders from the root of the repository to the folder, or from the folder alone where it is in none. */
async function foldersAround(folder: string): Promise<string[]> {
  const around: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    around.unshift(at);
    if (await exists(join(at, '.git'))) return around;
    if (at === dirname(at)) return [folder];
  }
}

async function readRules(folder: string): Promise<RuleFile[]> {
  const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => undefined);
  return text === undefined ? [] : [{ folder, rules: ignore().add(text) }];
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
