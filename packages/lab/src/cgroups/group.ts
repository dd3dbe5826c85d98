// Control groups of Linux, made for a moment: a quota of CPU time, a set of cores.

import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Limits {
  /** Cores' worth of CPU time. */
  readonly quota?: number;
  /** How many cores its processes may run on. */
  readonly cores?: number;
  /** Whether a quota can be used up beside busy programs: the processes of the group get cores before others do. */
  readonly first?: boolean;
}

export interface Group {
  /** Files into which a process writes its pid to enter. */
  readonly entries: readonly string[];
  /** Ends what still runs in it, and removes it. */
  close(): Promise<void>;
}

/** Length of a quota's period, in microseconds: the system's default. */
const PERIOD = 100_000;

const ROOT = '/sys/fs/cgroup';

/** Why no group can be made here; undefined where one can. */
export function whyNoGroups(root = ROOT): string | undefined {
  if (process.platform !== 'linux') return `control groups are Linux's, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'only root may make a control group';
  const places = placesOf(root);
  if (places === undefined) return `${root} has no controllers of CPU time and cores`;
  const probe = path.join(places.quota, `cookbook-probe-${process.pid}`);
  try {
    mkdirSync(probe);
    rmdirSync(probe);
    return undefined;
  } catch (error) {
    return `no control group can be made: ${(error as Error).message}`;
  }
}

/**
 * Makes a group, of version 2 where its controllers are there, else of version 1.
 *
 * @throws the system's error where a limit is refused; then nothing is left
 */
export async function openGroup({ quota, cores, first = false }: Limits, root = ROOT): Promise<Group> {
  const places = placesOf(root)!;
  const name = `cookbook-${process.pid}-${made++}`;
  const folders = [
    ...new Set([...(quota === undefined ? [] : [places.quota]), ...(cores === undefined ? [] : [places.cores])]),
  ].map((place) => path.join(place, name));
  const group = {
    entries: folders.map((folder) => path.join(folder, 'cgroup.procs')),
    async close() {
      for (const folder of folders) {
        await remove(folder);
        open.delete(folder);
      }
    },
  };
  try {
    for (const folder of folders) {
      mkdirSync(folder);
      open.add(folder);
    }
    if (quota !== undefined) limitTime(path.join(places.quota, name), quota);
    if (quota !== undefined && first) putFirst(path.join(places.quota, name));
    if (cores !== undefined) limitCores(places.cores, path.join(places.cores, name), cores);
  } catch (error) {
    await group.close();
    throw error;
  }
  return group;
}

let made = 0;

/** Folders of groups that are open. */
const open = new Set<string>();

// Ctrl-C ends a program by process.exit, which runs no `finally`.
process.on('exit', removeAll);

/** The folders in which groups are made; one and the same in version 2. */
function placesOf(root: string): { quota: string; cores: string } | undefined {
  const enabled = existsSync(path.join(root, 'cgroup.controllers')) && enable(root);
  if (enabled) return { quota: root, cores: root };
  const places = { quota: path.join(root, 'cpu'), cores: path.join(root, 'cpuset') };
  const isThere =
    existsSync(path.join(places.quota, 'cpu.cfs_quota_us')) && existsSync(path.join(places.cores, 'cpuset.cpus'));
  return isThere ? places : undefined;
}

/** Has groups of version 2 limit time and cores. False where the system does not let them. */
function enable(root: string): boolean {
  try {
    const enabled = read(path.join(root, 'cgroup.subtree_control')).split(' ');
    if (enabled.includes('cpu') && enabled.includes('cpuset')) return true;
    writeFileSync(path.join(root, 'cgroup.subtree_control'), '+cpu +cpuset');
    return true;
  } catch {
    return false;
  }
}

function limitTime(folder: string, quota: number): void {
  const time = Math.round(quota * PERIOD);
  if (existsSync(path.join(folder, 'cpu.max'))) return writeFileSync(path.join(folder, 'cpu.max'), `${time} ${PERIOD}`);
  writeFileSync(path.join(folder, 'cpu.cfs_period_us'), String(PERIOD));
  writeFileSync(path.join(folder, 'cpu.cfs_quota_us'), String(time));
}

/** By the greatest weight that there is, of version 2 or 1. */
function putFirst(folder: string): void {
  const weight = path.join(folder, 'cpu.weight');
  if (existsSync(weight)) writeFileSync(weight, '10000');
  else writeFileSync(path.join(folder, 'cpu.shares'), '262144');
}

function limitCores(parent: string, folder: string, cores: number): void {
  const isVersion1 = !existsSync(path.join(folder, 'cpuset.cpus.effective'));
  if (isVersion1) writeFileSync(path.join(folder, 'cpuset.mems'), read(path.join(parent, 'cpuset.mems')));
  const allowed = read(path.join(parent, isVersion1 ? 'cpuset.cpus' : 'cpuset.cpus.effective'));
  writeFileSync(path.join(folder, 'cpuset.cpus'), coresOf(allowed).slice(0, cores).join(','));
}

/** '0-2,5' is 0, 1, 2 and 5. */
export function coresOf(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Ends what runs in a group, whose end takes a moment to be noted, and removes its folder. */
async function remove(folder: string): Promise<void> {
  for (let tries = 0; existsSync(folder); tries++) {
    try {
      return tryToRemove(folder);
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(50);
    }
  }
}

/** There is no time for promises any more, nor for an error: what cannot be removed within 2 s each stays. */
function removeAll(): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (const folder of open) {
    for (let tries = 0; existsSync(folder) && tries < 100; tries++) {
      try {
        tryToRemove(folder);
      } catch {
        Atomics.wait(clock, 0, 0, 20);
      }
    }
  }
}

/** @throws the system's error while a process of it has not ended yet */
function tryToRemove(folder: string): void {
  for (const pid of read(path.join(folder, 'cgroup.procs')).split('\n').filter(Boolean)) end(Number(pid));
  rmdirSync(folder);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended meanwhile
  }
}

function read(file: string): string {
  return readFileSync(file, 'latin1').trim();
}
