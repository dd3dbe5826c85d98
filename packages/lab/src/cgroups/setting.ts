// Programs under a limit that a host may set: what the verdicts of the lab are tried in.

import { spawn } from 'node:child_process';
import { openGroup } from './group.ts';
import type { Limits } from './group.ts';

export interface Setting extends Limits {
  readonly name: string;
  /** Added to the priority: 19 gives way to everything else. */
  readonly nice?: number;
}

export const SETTINGS: readonly Setting[] = [
  { name: 'a quota of 0.5 cores', quota: 0.5 },
  { name: 'a quota of 1 core', quota: 1 },
  { name: 'a quota of 1.5 cores', quota: 1.5 },
  { name: 'a set of 1 core', cores: 1 },
  { name: 'nice -n 19', nice: 19 },
];

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Enters the groups whose files stand before '--', then becomes the program behind it. */
const ENTER = 'while [ "$1" != -- ]; do echo $$ > "$1" || exit 125; shift; done; shift; exec "$@"';

/**
 * Runs a module by this Node under a setting, to its end.
 *
 * @param signal ends it; whatever runs in its group ends with it
 * @throws the system's error where the group cannot be made, and the signal's reason
 */
export async function runIn(
  setting: Setting,
  module: URL,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Ended> {
  const group = await openGroup(setting);
  try {
    const program = [process.execPath, module.pathname, ...args];
    const command = setting.nice === undefined ? program : ['nice', '-n', String(setting.nice), ...program];
    const child = spawn('/bin/sh', ['-c', ENTER, 'sh', ...group.entries, '--', ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const { promise, resolve, reject } = Promise.withResolvers<number | null>();
    child.once('close', resolve).once('error', reject);
    return { status: await promise, stdout, stderr };
  } finally {
    await group.close();
  }
}
