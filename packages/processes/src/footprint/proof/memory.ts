// What memory processes take, by the measure that the system offers.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** MiB. */
export interface Memory {
  /** Pages that no other process has: what would be freed if it ended. */
  readonly private: number;
  /** Its private pages, and its share of those that several processes have (PSS). */
  readonly proportional: number;
}

/** 'set' where Linux reports both of the above; 'rss' where only the resident set is known, which counts shared pages in full. */
export const MEASURE: 'set' | 'rss' = readSets(process.pid) === undefined ? 'rss' : 'set';

/** The memory of processes together. Where only the resident set is known it stands for both. */
export async function memoryOf(pids: readonly number[]): Promise<Memory> {
  const each = MEASURE === 'set' ? pids.map((pid) => readSets(pid)!) : (await residentSets(pids)).map(forBoth);
  return {
    private: sum(each.map((memory) => memory.private)),
    proportional: sum(each.map(({ proportional }) => proportional)),
  };
}

/** Linux 4.14 and later: the sums over all mappings of a process, in kB (proc_pid_smaps(5)). */
function readSets(pid: number): Memory | undefined {
  try {
    return parseRollup(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'));
  } catch {
    return undefined;
  }
}

/** @throws TypeError where a field is missing */
export function parseRollup(text: string): Memory {
  const kiB = (field: string): number => {
    const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(text);
    if (!line) throw new TypeError(`Expected smaps_rollup to have a line ${field}, got none`);
    return Number(line[1]);
  };
  return { private: (kiB('Private_Clean') + kiB('Private_Dirty')) / 1_024, proportional: kiB('Pss') / 1_024 };
}

/** Resident sets in MiB, as `ps` reports them, on Windows as `tasklist` does. */
async function residentSets(pids: readonly number[]): Promise<number[]> {
  const run = promisify(execFile);
  return Promise.all(
    pids.map(async (pid) => {
      if (pid === process.pid) return process.memoryUsage.rss() / 2 ** 20;
      const { stdout } = await (process.platform === 'win32'
        ? run('tasklist', ['/fi', `pid eq ${pid}`, '/fo', 'csv', '/nh'])
        : run('ps', ['-o', 'rss=', '-p', String(pid)]));
      return parseResident(stdout) / 1_024;
    }),
  );
}

/** The kB at the end of what `ps` or `tasklist` printed, whatever separates its thousands. */
export function parseResident(stdout: string): number {
  const digits = /(\d[\d.,\u00A0\u202F ]*)\D*$/.exec(stdout.trim())?.[1]?.replaceAll(/\D/g, '');
  if (!digits) throw new TypeError(`Expected a resident set in kB, got '${stdout.trim()}'`);
  return Number(digits);
}

function forBoth(mebibytes: number): Memory {
  return { private: mebibytes, proportional: mebibytes };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
