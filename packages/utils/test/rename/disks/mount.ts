// An overlay, as containers have it, mounted where that is allowed.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

export const SHM = '/dev/shm';
const TMPFS = 0x01021994;

/** Why there is no tmpfs to try; undefined where there is. */
export function tmpfsMissing(): string | undefined {
  return existsSync(SHM) && statfsSync(SHM).type === TMPFS ? undefined : `${SHM} is no tmpfs here`;
}

/** Layers on tmpfs are gone in no time. */
export function layersParent(): string {
  return tmpfsMissing() === undefined ? SHM : os.tmpdir();
}

/** Mounts `merged` of a folder over its `lower` and `upper`. Returns why it could not. */
export function mountOverlay(folder: string): string | undefined {
  for (const layer of ['lower', 'upper', 'work', 'merged']) mkdirSync(join(folder, layer), { recursive: true });
  const layers = `lowerdir=${folder}/lower,upperdir=${folder}/upper,workdir=${folder}/work`;
  const { status, stderr } = spawnSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, join(folder, 'merged')]);
  return status === 0 ? undefined : stderr.toString().trim();
}

/** Unmounts what `mountOverlay` mounted. */
export function unmount(folder: string): void {
  spawnSync('umount', [join(folder, 'merged')]);
}

/** Why no overlay can be tried; undefined where one can. */
export function overlayMissing(): string | undefined {
  if (process.platform !== 'linux') return 'overlayfs is of Linux';
  if (process.getuid?.() !== 0) return 'only root may mount an overlay';
  const folder = mkdtempSync(join(layersParent(), 'cookbook-overlay-'));
  try {
    return mountOverlay(folder);
  } finally {
    unmount(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}
