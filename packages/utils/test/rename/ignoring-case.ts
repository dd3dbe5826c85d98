// A folder that ignores case, as macOS and Windows have them, on one that does not.

import { nodeFileSystem } from '../../src/rename/disk/file-system.ts';
import type { FileSystem } from '../../src/rename/disk/file-system.ts';
import { baseOf, fold, parentOf } from '../../src/rename/names/raw-path.ts';
import { systemError } from './support.ts';

/** The path as it is spelled in its folder, or as it is given where nothing is there. */
function spelled(path: string): string {
  const parent = parentOf(path);
  const names = [...nodeFileSystem.list(parent).keys()];
  const name = names.find((one) => fold(one) === fold(baseOf(path)));
  return name === undefined ? path : `${parent}/${name}`;
}

export const ignoringCase: FileSystem = {
  ...nodeFileSystem,
  lstat: (path) => nodeFileSystem.lstat(spelled(path)),
  unlink: (path) => nodeFileSystem.unlink(spelled(path)),
  link(from, to) {
    if (nodeFileSystem.lstat(spelled(to)) !== undefined) throw systemError('EEXIST');
    nodeFileSystem.link(spelled(from), to);
  },
  rename(from, to) {
    const [old, there] = [spelled(from), spelled(to)];
    if (old !== there && nodeFileSystem.lstat(there) !== undefined) nodeFileSystem.unlink(there);
    nodeFileSystem.rename(old, to);
  },
};
