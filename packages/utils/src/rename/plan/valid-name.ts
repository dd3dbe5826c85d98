// Whether a name can be a file's name at all.

import { baseOf, show, toText } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import { problem } from './problems.ts';
import type { Problem } from './problems.ts';

/** NAME_MAX of ext4, tmpfs, XFS, Btrfs and APFS, in bytes; NTFS counts UTF-16 units. */
const MOST = 255;

/** Parts of names that Windows refuses: characters, a dot or space at the end, and the names of its devices. */
const NOT_ON_WINDOWS = /[<>:"|?*\\]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** The problem of a new path: of all of its parts where it moves, of its last part where it does not. */
export function nameProblem(
  from: RawPath,
  to: RawPath,
  moves: boolean,
  platform = process.platform,
): Problem | undefined {
  if (!moves) return partProblem(from, to, baseOf(to), platform);
  for (const name of to.split('/')) {
    const wrong = partProblem(from, to, name, platform);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function partProblem(from: RawPath, to: RawPath, name: string, platform: NodeJS.Platform): Problem | undefined {
  if (name === '' && to.endsWith('/')) {
    return problem('invalid-name', from, to, `a new name ends with the file's own: '${show(to + baseOf(from))}'`);
  }
  if (name === '' || name === '.' || name === '..') {
    return problem('invalid-name', from, to, `'${name}' is not a name`);
  }
  if (name.includes('\0')) return problem('invalid-name', from, to, 'a name cannot hold a NUL');
  const length = platform === 'win32' ? toText(name).length : name.length;
  if (length > MOST) {
    return problem('name-too-long', from, to, `${length} bytes, where a name has at most ${MOST}`);
  }
  if (platform === 'win32' && isBadOnWindows(name)) {
    return problem('invalid-name', from, to, `Windows does not take '${show(name)}' as a name`);
  }
  return undefined;
}

/** Whether Windows takes no such name. Its control characters are those below the space: the bytes above 0x7f are letters. */
function isBadOnWindows(name: RawPath): boolean {
  return NOT_ON_WINDOWS.test(name) || Array.from(name).some((character) => character < ' ');
}

/** What Windows would say about new names that this system takes: one line for each name that only now becomes a bad one. */
export function windowsWarnings(
  operations: readonly { readonly from: RawPath; readonly to: RawPath }[],
  platform = process.platform,
): string[] {
  if (platform === 'win32') return [];
  return operations
    .filter(({ from, to }) => to.split('/').some((name) => isBadOnWindows(name)) && !isBadOnWindows(baseOf(from)))
    .map(({ to }) => `Windows does not take '${show(to)}' as a name`);
}
