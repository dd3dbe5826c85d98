// A file system whose calls are counted, and of which one goes wrong: by an error, or by the end of the process.

import { nodeFileSystem } from '../../../src/rename/disk/file-system.ts';
import type { FileSystem } from '../../../src/rename/disk/file-system.ts';
import { systemError } from '../support.ts';

type CallName = keyof FileSystem;

/** Calls after which the disk is as it was. */
const READING = new Set<CallName>(['list', 'lstat', 'exists', 'keepsIdentity', 'expectWritable', 'expectRemovable']);

/**
 * `kill`: the process ends before the call. `torn`: in the middle of it, where that can be seen. `error`: the call fails.
 * `errors`: from this call on every one that changes something fails.
 */
export type Fault = 'kill' | 'torn' | 'error' | 'errors';

export interface Stepping {
  readonly fs: FileSystem;
  /** The calls that were done, with their arguments. */
  readonly log: readonly (readonly [CallName, ...unknown[]])[];
  /** Whether the fault has happened. */
  readonly met: () => boolean;
  /** The calls that could have had it, up to it. */
  readonly calls: () => number;
}

/** A kill divides no write within one page, such as that of a state: the system copies it in one go. */
const WHOLE = 16;

function tear(...[file, bytes, position]: Parameters<FileSystem['write']>): void {
  if (bytes.length > WHOLE) nodeFileSystem.write(file, bytes.subarray(0, bytes.length >> 1), position);
}

/**
 * @param at the call, from 0, that goes wrong: of those that change something for a kill, of all for an error
 * @param refuse a call that fails always, as on a file system that does not have it
 */
export function stepping(fault: Fault, at: number, code = 'EIO', refuse?: CallName): Stepping {
  const log: [CallName, ...unknown[]][] = [];
  const kills = fault === 'kill' || fault === 'torn';
  let count = 0;
  let met = false;

  const wrap = (name: CallName): ((...args: never[]) => unknown) => {
    const real = (name === 'sync' ? () => {} : nodeFileSystem[name]) as (...args: unknown[]) => unknown;
    const reads = READING.has(name);
    return (...args) => {
      if (met && kills) {
        if (name === 'close') return real(...args); // as the system does for a process that ends
        if (!reads) throw new Error('killed');
      }
      if (!met && !(kills && reads) && count++ === at) {
        met = true;
        if (fault === 'torn' && name === 'write') tear(...(args as unknown as Parameters<FileSystem['write']>));
        if (kills && name === 'close') real(...args);
        if (name === 'exists') return false; // it throws nothing
        throw kills ? new Error('killed') : systemError(code);
      }
      if (met && fault === 'errors' && !reads && name !== 'close') throw systemError(code);
      if (name === refuse) throw systemError('EPERM');
      const result = real(...args);
      if (!reads) log.push([name, ...args]);
      return result;
    };
  };
  const fs = Object.fromEntries(Object.keys(nodeFileSystem).map((name) => [name, wrap(name as CallName)]));
  return { fs: fs as unknown as FileSystem, log, met: () => met, calls: () => count };
}
