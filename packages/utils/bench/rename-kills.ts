// Kills the renamer at random times, on each file system that there is, and counts after which kill not all files were put
// back, or were not all renamed. The command itself is killed, by SIGKILL.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeEnd, parse, readNumber, run, UsageError } from '@cookbook/lab/command';
import { openScreen } from '@cookbook/lab/show';
import { Command } from 'commander';
import { history, realFolder, recover, undo } from '../src/rename/index.ts';
import { layersParent, mountOverlay, overlayMissing, SHM, tmpfsMissing, unmount } from '../test/rename/disks/mount.ts';

/** Files of a batch: a run takes some tens of ms, so that the kills spread over it. */
const FILES = 400;

interface Disk {
  readonly name: string;
  readonly missing: string | undefined;
  readonly parent: string;
  /** Every kill needs files that no run has touched: those of a lower layer. */
  readonly layered?: boolean;
}

const DISKS: readonly Disk[] = [
  { name: 'temporary', missing: undefined, parent: os.tmpdir() },
  { name: 'tmpfs', missing: tmpfsMissing(), parent: SHM },
  { name: 'overlayfs', missing: overlayMissing(), parent: layersParent(), layered: true },
];

const NEVER_MS = 600_000;

const MAIN = fileURLToPath(new URL('../src/rename/main.ts', import.meta.url));
const BEGUN = new URL('./rename-begun.ts', import.meta.url).href;

const nameOf = (n: number): string => `f${String(n).padStart(4, '0')}`;

/** New numbers of files by their old ones: new names, all to the next name, swaps, one cycle. */
const BATCHES: readonly ((n: number) => number)[] = [
  (n) => n + FILES,
  (n) => n + 1,
  (n) => n ^ 1,
  (n) => (n + 1) % FILES,
];

const DISK_NAMES = DISKS.map(({ name }) => name);

let running: ChildProcess | undefined;

/** `early`: no kill, the run had ended before it. */
type Killed = 'midway' | 'after the end' | 'early';

await run(async (argv) => {
  const command = new Command('pnpm tsx packages/utils/bench/rename-kills.ts')
    .description('Kills the renamer at random times on each file system, and counts what is wrong after it.')
    .option('--kills <n>', 'kills on each file system', '200')
    .option('--on <names>', 'file systems, with commas', DISK_NAMES.join(','));
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const options = command.opts<{ kills: string; on: string }>();
  const kills = readNumber('--kills', options.kills, { least: 1, most: 100_000, whole: true });
  for (const name of options.on.split(',')) {
    const disk = DISKS.find((one) => one.name === name);
    if (disk === undefined) throw new UsageError(`Expected --on to name ${DISK_NAMES.join(', ')}, got '${name}'`);
    if (disk.missing !== undefined) console.log(`${disk.name}: not tried, ${disk.missing}`);
    else if ((await killOften(disk, kills)) > 0) process.exitCode = 1;
  }
});

/** Returns how often something was wrong. */
async function killOften({ name, parent, layered = false }: Disk, kills: number): Promise<number> {
  const folder = mkdtempSync(join(parent, 'rename-kills-'));
  const screen = openScreen(process.stdout);
  const clear = (): void => {
    running?.kill('SIGKILL'); // it must write nothing into what is removed
    if (layered) unmount(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  beforeEnd(clear);
  const counts: Record<Killed, number> = { midway: 0, 'after the end': 0, early: 0 };
  let wrong = 0;
  let longest = 50; // ms that a run takes about
  try {
    const places = layered ? kills : 1;
    for (let n = 0; n < places; n++) plant(join(folder, layered ? 'lower' : 'merged', String(n)));
    const failure = layered ? mountOverlay(folder) : undefined;
    if (failure !== undefined) throw new Error(failure);
    for (let kill = 0; kill < kills;) {
      screen.draw(`${name}: kill ${kill + 1} of ${kills}`);
      const root = realFolder(join(folder, 'merged', String(kill % places)));
      try {
        const delay = counts.early === 0 ? NEVER_MS : Math.random() * longest;
        const when = await killOnce(root, folder, BATCHES[kill % BATCHES.length]!, delay);
        counts[when]++;
        longest *= when === 'midway' ? 1.05 : 0.9;
        if (when !== 'early') kill++;
      } catch (error) {
        wrong++;
        kill++;
        screen.print(`${name}, kill ${kill}: ${(error as Error).message}`);
        rmSync(root, { recursive: true });
        plant(root);
      }
    }
  } finally {
    screen.close();
    clear();
  }
  console.log(
    `${name}: ${counts.midway + counts['after the end'] + wrong} kills, ${counts.midway} of them midway; ${wrong || 'none'} wrong`,
  );
  return wrong;
}

function plant(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < FILES; n++) writeFileSync(join(folder, nameOf(n)), nameOf(n));
}

/**
 * Starts a run, kills it `delay` ms after its first change, has it put back, and leaves the files as they were.
 *
 * @throws Error where not all files have their old names then, or all their new ones
 */
async function killOnce(root: string, folder: string, batch: (n: number) => number, delay: number): Promise<Killed> {
  const stateFolder = join(folder, 'state');
  const map = join(folder, 'map.json');
  const pairs = Array.from({ length: FILES }, (_, n) => [nameOf(n), nameOf(batch(n))]);
  writeFileSync(map, JSON.stringify(pairs));
  const args = ['--import', BEGUN, MAIN, root, '--state-dir', stateFolder, '--map', map, '--apply'];
  // Code that is compiled once: a killed process keeps nothing of it, so the first one runs to its end.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  running = child;
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  await Promise.race([once(child, 'message').then(() => setTimeout(delay, undefined, { ref: false })), ended]);
  child.kill('SIGKILL');
  const [, signal] = await ended;

  const isDone = history(root, stateFolder).at(-1)?.state === 'done';
  const back = await recover(root, { stateFolder });
  if (back.outcome !== 'ok' || back.problems.length > 0) throw new Error(back.problems[0]?.message ?? back.outcome);
  expectNames(root, new Map(pairs.map(([from, to]) => [from!, isDone ? to! : from!])));
  if (isDone) {
    const { outcome, problems } = await undo(root, undefined, { stateFolder });
    if (outcome !== 'ok') throw new Error(problems[0]?.message ?? outcome);
    expectNames(root, new Map(pairs.map(([from]) => [from!, from!])));
  }
  return signal === null ? 'early' : isDone ? 'after the end' : 'midway';
}

/** Every file holds its old name; the map gives the name that it should have. */
function expectNames(root: string, names: ReadonlyMap<string, string>): void {
  const found = readdirSync(root);
  const misplaced = found.filter((name) => names.get(readFileSync(join(root, name), 'utf8')) !== name);
  if (found.length === names.size && misplaced.length === 0) return;
  throw new Error(`${found.length} of ${names.size} names, ${misplaced.length} of them not where they belong`);
}
