// Programs of Windows on Linux, by Wine, in a Windows of their own: nothing that the user has under Wine is touched.

import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface WineProgram {
  /** Program and arguments; `pathOf` makes the paths. */
  readonly command: readonly string[];
  /** The folder to run it in, as this system names it. */
  readonly cwd: string;
  /** Milliseconds until it is ended. */
  readonly limit: number;
  /** A file that it reads as its input. */
  readonly input?: string;
}

export interface WineRun {
  /** Undefined where it did not end within the limit, or was ended by a signal. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether processes of it were still there a while after its end; they are ended. */
  readonly left: boolean;
}

export interface Wine {
  /** Its drive C:, as this system names it. */
  readonly disk: string;
  /** Such as 'wine-8.0 (Debian 8.0~repack-4)'. */
  readonly version: string;
  run(program: WineProgram): Promise<WineRun>;
  /** Ends every process of this Windows, and no other, and waits until they are gone. */
  close(): void;
}

/** Names a run in the environment of its processes. */
const MARK = 'COOKBOOK_RUN';

/** What a program may leave to end by itself after its own end, ms: a child that waits for its channel to close. */
const GRACE = 3_000;

/** Why Windows programs cannot be run here; undefined where they can. */
export function missing(): string | undefined {
  if (process.platform !== 'linux') return `Wine is used on Linux only, this is ${process.platform}`;
  if (process.arch !== 'x64') return `the Node for Windows is one for x64, this is ${process.arch}`;
  if (versionOf('wine') === undefined) return 'no Wine is installed (Debian: apt-get install wine wine64)';
  return undefined;
}

/**
 * Makes a Windows 10 in a folder, and starts it.
 *
 * @param folder absolute, on a disk with 1 GB to spare; it is made
 * @param variables of the environment of its programs
 * @throws Error where Wine cannot set it up
 */
export function openWine(folder: string, variables: NodeJS.ProcessEnv = {}): Wine {
  mkdirSync(folder, { recursive: true });
  const prefix = path.join(folder, 'prefix');
  const env = {
    ...environment(),
    ...variables,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    LC_ALL: 'C.UTF-8', // Wine writes names of files in the character set of the locale
    WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=', // asks for no downloads, puts nothing into the user's menus
  };
  const close = (): void => {
    spawnSync('wineserver', ['--kill'], { env, stdio: 'ignore', timeout: 30_000 });
    spawnSync('wineserver', ['--wait'], { env, stdio: 'ignore', timeout: 30_000 });
  };
  for (const [command = '', ...args] of [
    ['wineboot', '--init'],
    ['wine', 'winecfg', '-v', 'win10'], // the default of Wine 8 is one that Node refuses
  ]) {
    const { status, error } = spawnSync(command, args, { env, stdio: 'ignore', timeout: 180_000 });
    if (status === 0) continue;
    close();
    throw new Error(`Expected \`${command} ${args.join(' ')}\` to end with status 0, got ${error?.message ?? status}`);
  }

  let runs = 0;
  return {
    version: versionOf('wine') ?? 'unknown',
    disk: path.join(prefix, 'drive_c'),
    close,
    async run({ command, cwd, limit, input }) {
      const base = path.join(folder, `run-${runs++}`);
      const marked = { ...env, [MARK]: base }; // what it starts inherits that, and is found by it
      // A pipe as its output is EBADF to Node under Wine: files.
      const outputs = [`${base}.out`, `${base}.err`];
      const files = outputs.map((file) => openSync(file, 'w'));
      const stdin = input === undefined ? undefined : openSync(input, 'r');
      try {
        const child = spawn('wine', command, { cwd, env: marked, stdio: [stdin ?? 'ignore', files[0]!, files[1]!] });
        const { promise: ended, resolve, reject } = Promise.withResolvers<number | undefined>();
        child.once('exit', (status) => resolve(status ?? undefined)).once('error', reject);
        const timer = setTimeout(() => resolve(undefined), limit);
        const status = await ended.finally(() => clearTimeout(timer));
        const left = await endNodes(`${MARK}=${base}`, status === undefined ? 0 : GRACE);
        const [stdout = '', stderr = ''] = outputs.map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
        return { status, stdout, stderr, left: status !== undefined && left };
      } finally {
        for (const file of files) closeSync(file);
        if (stdin !== undefined) closeSync(stdin);
        for (const file of outputs) rmSync(file, { force: true });
      }
    },
  };
}

/** A path of this system as Windows programs name it: Wine has the root as a drive. */
export function pathOf(file: string): string {
  return `Z:${file.replaceAll('/', '\\')}`;
}

function versionOf(command: string): string | undefined {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? stdout.trim() : undefined;
}

/** What Node, npm and pnpm have set here is not there on a Windows machine; nor are the colours of this terminal. */
function environment(): NodeJS.ProcessEnv {
  const own = /^(NODE_|VITEST|npm_|INIT_CWD$|FORCE_COLOR$|CI$|WINE)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** Waits for the Nodes with a mark to be gone, then ends those that are not. Whether there were any. */
async function endNodes(mark: string, grace: number): Promise<boolean> {
  const deadline = performance.now() + grace;
  let left = nodesOf(mark);
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(50);
    left = nodesOf(mark);
  }
  for (const pid of left) endProcess(pid);
  return left.length > 0;
}

/** Processes that run Node and have this variable in their environment: 'NAME=value'. */
function nodesOf(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => /node\.exe/i.test(readProc(pid, 'cmdline')))
    .filter((pid) => readProc(pid, 'environ').split('\0').includes(mark));
}

function readProc(pid: number, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return ''; // it has ended, or is another user's
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended meanwhile
  }
}
