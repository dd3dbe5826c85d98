// Programs that are PID 1 of a namespace of processes, as in a container: what a signal does to them, and what becomes of
// orphans there.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { descendants } from '@cookbook/lab/host';
import { withinLimit } from '../../proof/within-limit.ts';
import type { Role } from './pid-one-child.ts';

const CHILD = fileURLToPath(new URL('./pid-one-child.ts', import.meta.url));
/** The first process ends with `unshare`, and the namespace with its first process. */
const NAMESPACE = ['--pid', '--fork', '--mount-proc', '--kill-child'];
/** Stands for tini: passes SIGTERM on, and waits for whatever ends. A shell gives its jobs no stdin unless it is told to. */
const INIT =
  'exec 3<&0; "$@" <&3 & child=$!; trap \'kill -TERM $child\' TERM; while kill -0 $child 2>&-; do wait; done';
/** ms for all that a program is to do. */
const LONGEST_MS = 20_000;

/** ms for what is to happen, and for what is not. */
const PATIENT_MS = 5_000;
const BRIEF_MS = 200;

/** How a program is started: first in its namespace, below an init that is, or among the others of this system. */
export type Place = 'first' | 'init' | 'outside';

/** Why no namespace can be made here; undefined where one can. */
export function namespaceLack(): string | undefined {
  if (process.platform !== 'linux') return `namespaces of processes are Linux's, this is ${process.platform}`;
  const { status, error, stderr } = spawnSync('unshare', [...NAMESPACE, 'true'], { encoding: 'utf8', timeout: 10_000 });
  if (error !== undefined) return `unshare cannot be run: ${error.message}`;
  return status === 0 ? undefined : `no namespace of processes can be made: ${stderr.trim()}`;
}

export interface Seen {
  /** Its pid, as it sees it. */
  readonly pid: number;
  readonly zombies: number;
  /** Whether SIGTERM ended it. */
  readonly ended: boolean;
  /** Whether what is to be done before the end was done. */
  readonly stopped: boolean;
}

/** Starts programs at once; has orphans end in the place of each, and sends it SIGTERM. */
export function watchPrograms(
  programs: readonly (readonly [role: Role, place: Place])[],
  signal?: AbortSignal,
): Promise<Seen[]> {
  const all = (): Promise<Seen[]> => Promise.all(programs.map(([role, place]) => watch(role, place, signal)));
  return withinLimit(all, LONGEST_MS, 'programs in namespaces of their own');
}

async function watch(role: Role, place: Place, signal?: AbortSignal): Promise<Seen> {
  const program = [process.execPath, CHILD, role];
  const inside = place === 'init' ? ['/bin/sh', '-c', INIT, 'sh', ...program] : program;
  const [command, ...args] = place === 'outside' ? program : ['unshare', ...NAMESPACE, ...inside];
  const child = spawn(command!, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    killSignal: 'SIGKILL',
    ...(signal && { signal }),
  });
  const gone = once(child, 'close').then(() => true);
  gone.catch(() => {});
  child.stdin.on('error', () => {}); // it has ended, and takes no more lines
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const ask = async (line: string): Promise<number> => {
    child.stdin.write(`${line}\n`);
    await Promise.race([once(reader, 'line'), gone]);
    return Number(lines.at(-1));
  };
  try {
    const pid = await ask('pid');
    const zombies = place === 'outside' ? 0 : await ask(`orphans ${place === 'init' ? PATIENT_MS : BRIEF_MS}`);
    const [target] = place === 'outside' ? [child.pid] : await descendants(child.pid!);
    process.kill(target!, 'SIGTERM');
    const isIgnored = role === 'plain' && place === 'first';
    // What a signal does by default, it has done before the program reads another line; a handler or an init takes a moment.
    if (isIgnored) await ask('are you there?');
    const ended = await Promise.race([gone, sleep(isIgnored ? BRIEF_MS : PATIENT_MS, false, { ref: false })]);
    return { pid, zombies, ended, stopped: lines.includes('stopped') };
  } finally {
    child.kill('SIGKILL');
    await gone.catch(() => {});
  }
}

/** What SIGTERM does to a program without a handler, first and outside; to one with; and what an init changes. */
export async function measureNamespaces({ signal }: Pick<Context, 'signal'>) {
  const [first, outside, handler, init] = (await watchPrograms(
    [
      ['plain', 'first'],
      ['plain', 'outside'],
      ['handler', 'first'],
      ['plain', 'init'],
    ],
    signal,
  )) as [Seen, Seen, Seen, Seen];
  return {
    ignored: [
      count('pid', 'without a handler: its pid', first.pid, '', 1),
      count('ended', 'PID 1 without a handler: ended by SIGTERM', first.ended, 'of 1', 0),
      count('ended-outside', 'not PID 1, without a handler: ended by SIGTERM', outside.ended, 'of 1', 1),
    ],
    handled: [
      count('pid-handler', 'with a handler: its pid', handler.pid, '', 1),
      count('stopped', 'PID 1 with endOnSignals: stops after SIGTERM', handler.stopped, 'of 1', 1),
      count('ended-handler', 'PID 1 with endOnSignals: ended by SIGTERM', handler.ended, 'of 1', 1),
    ],
    init: [
      count('ended-init', 'below an init, without a handler: ended by SIGTERM', init.ended, 'of 1', 1),
      count('zombies-init', 'below an init: zombies of 3 orphans', init.zombies, 'zombies', 0),
    ],
    zombies: count('zombies', 'PID 1: zombies of 3 orphans', first.zombies, 'zombies', 3),
  };
}

function count(key: string, name: string, value: number | boolean, unit: string, expected: number): Figure {
  return counted(key, name, Number(value), unit, exactly(expected));
}
