// A copy of the project in a temporary folder, in which files may be broken. Packages of npm are linked, those of the
// project are copied: a link to the original would have a chapter use the lab of the original.

import { cpSync, mkdirSync, readdirSync, realpathSync, symlinkSync, existsSync, globSync } from 'node:fs';
import path from 'node:path';

/** Kept out: what git ignores, and what is linked. */
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '.git', '.turbo', '__pycache__']);
/** What runs and tests left, from the root; a folder of sources may have this name too. */
const RESULTS = /^(packages\/[^/]+\/)?results$/;

/** Copies the project at `root` into `target`, which does not exist or is empty. */
export function copyProject(root: string, target: string): void {
  cpSync(root, target, {
    recursive: true,
    filter: (from) => {
      const file = path.relative(root, from).split(path.sep).join('/');
      return !LEFT_OUT.has(path.basename(from)) && !RESULTS.test(file);
    },
  });
  for (const folder of ['.', ...globSync('packages/*', { cwd: root })]) {
    const modules = path.join(root, folder, 'node_modules');
    if (existsSync(modules)) linkModules(modules, path.join(target, folder, 'node_modules'), root, target);
  }
}

function linkModules(modules: string, linked: string, root: string, target: string): void {
  mkdirSync(linked, { recursive: true });
  for (const name of readdirSync(modules)) {
    if (name.startsWith('.')) continue; // programs, caches, pnpm's own store: none is imported
    const [from, to] = [path.join(modules, name), path.join(linked, name)];
    if (name.startsWith('@')) linkModules(from, to, root, target);
    else symlinkSync(withinCopy(realpathSync(from), root, target), to, 'junction');
  }
}

/** A package of the project is that of the copy. */
function withinCopy(folder: string, root: string, target: string): string {
  const relative = path.relative(path.join(root, 'packages'), folder);
  const isOwn = !relative.startsWith('..') && !path.isAbsolute(relative) && !relative.includes('node_modules');
  return isOwn ? path.join(target, 'packages', relative) : folder;
}
