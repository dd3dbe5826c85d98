// How long the renamer takes, against a bare loop over `renameSync` and against other renamers. Not a test: figures of
// one machine. All ways rename the same files of one folder to and fro, in one run, their order shifting by the round.

import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { medianInterval } from '@cookbook/lab/claim';
import { beforeEnd, parse, readNumber, run, UsageError } from '@cookbook/lab/command';
import { readHost } from '@cookbook/lab/host';
import { describeHost, openScreen, table } from '@cookbook/lab/show';
import { Command } from 'commander';
import { applyRename, patternWish, planRename } from '../src/rename/index.ts';
import type { Request } from '../src/rename/index.ts';
import { mapWish } from '../src/rename/wish/map.ts';
import type { OneRun } from './rename-child.ts';

/** Where the files are, and the journals. */
interface Place {
  readonly files: string;
  readonly state: string;
}

/** Renames every file from one prefix to another, both one letter. A preview changes nothing. */
interface Way {
  readonly name: string;
  readonly preview?: boolean;
  run(place: Place, from: string, to: string): Promise<void> | void;
}

const request = (root: string, from: string, to: string): Request => ({
  root,
  wish: patternWish(`^${from}`, to),
  listed: true,
});

const BARE: Way = {
  name: 'bare renameSync loop',
  run({ files }, from, to) {
    for (const name of readdirSync(files)) renameSync(`${files}/${name}`, `${files}/${name.replace(from, to)}`);
  },
};

const OURS: Way = {
  name: 'rename, whole pipeline with journal',
  async run({ files, state }, from, to) {
    const { outcome, problems } = await applyRename(request(files, from, to), { stateFolder: state });
    if (outcome !== 'ok') throw new Error(problems[0]?.message ?? outcome);
  },
};

const PREVIEW: Way = {
  name: 'rename, preview only',
  preview: true,
  run: ({ files, state }, from, to) => void planRename(request(files, from, to), { stateFolder: state }),
};

/** A command that is given as 'name=command', with {from} and {to} for the prefixes; it runs in the folder. */
function peer(text: string): Way {
  const [name, ...command] = text.split('=');
  if (!name || command.length === 0) throw new UsageError(`expected --peer to be 'name=command', got '${text}'`);
  return {
    name,
    run({ files }, from, to) {
      const line = command.join('=').replaceAll('{from}', from).replaceAll('{to}', to);
      const { status, stderr } = spawnSync(line, { cwd: files, shell: true, stdio: ['ignore', 'ignore', 'pipe'] });
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.toString().slice(0, 200)}`);
    },
  };
}

await run(async (argv) => {
  const command = new Command('pnpm tsx packages/utils/bench/rename.ts')
    .description('Times the renamer against a bare loop and against other renamers.')
    .option('--files <n>', 'files in the folder; several numbers with commas', '100000')
    .option('--rounds <n>', 'rounds, after one that is not counted', '5')
    .option('--dir <folder>', 'where the files are made; the file system matters', os.tmpdir())
    .option(
      '--peer <name=command>',
      'another renamer, with {from} and {to}',
      (one: string, all: string[]) => [...all, one],
      [],
    )
    .option('--chain', 'rename a chain and a cycle of all files too, once each');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const {
    files,
    rounds,
    dir,
    peer: peers,
    chain = false,
  } = command.opts<{ files: string; rounds: string; dir: string; peer: string[]; chain?: true }>();
  const ways = [BARE, OURS, PREVIEW, ...peers.map(peer)];
  const sizes = files.split(',').map((one) => readNumber('--files', one, { least: 1, most: 10_000_000, whole: true }));
  const count = readNumber('--rounds', rounds, { least: 1, most: 100, whole: true });
  console.log(describeHost(await readHost()));
  for (const size of sizes) await measure(ways, size, count, dir, chain);
});

async function measure(ways: readonly Way[], size: number, rounds: number, dir: string, chain: boolean): Promise<void> {
  const screen = openScreen(process.stdout);
  const folder = mkdtempSync(join(realpathSync(dir), 'rename-bench-'));
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  beforeEnd(clear);
  try {
    const place = { files: join(folder, 'files'), state: join(folder, 'state') };
    mkdirSync(place.files);
    for (let n = 0; n < size; n++) closeSync(openSync(join(place.files, `a${String(n).padStart(7, '0')}.txt`), 'w'));

    const times = new Map(ways.map(({ name }) => [name, [] as number[]]));
    let [from, to] = ['a', 'b'];
    for (let round = 0; round <= rounds; round++) {
      const first = round % ways.length;
      for (const way of [...ways.slice(first), ...ways.slice(0, first)]) {
        screen.draw(`${size.toLocaleString('en-US')} files, round ${round} of ${rounds}: ${way.name}`);
        const start = performance.now();
        await way.run(place, from, to);
        if (round > 0) times.get(way.name)?.push(performance.now() - start);
        if (!way.preview) [from, to] = [to, from];
        expectAll(place, from, size, way);
      }
    }
    screen.print(`\n${size.toLocaleString('en-US')} files in ${dir}, ${rounds} rounds\n${results(times, size)}`);
    if (chain) screen.print(await renameChains(place, from, size));
    screen.print(
      `most memory of a process that does one run: ${Math.round(await memoryOfOneRun(place, from, to))} MiB`,
    );
    [from, to] = [to, from];
  } finally {
    screen.close();
    clear();
  }
}

/** A time counts only where the work was done. */
function expectAll({ files }: Place, prefix: string, size: number, { name }: Way): void {
  const done = readdirSync(files).filter((file) => file.startsWith(prefix)).length;
  if (done !== size) throw new Error(`${name} left ${done} of ${size} files with the prefix '${prefix}'`);
}

function results(times: ReadonlyMap<string, readonly number[]>, size: number): string {
  const ratioTo = (name: string, own: readonly number[]): string => {
    const other = times.get(name)!;
    const { median, low, high } = medianInterval(own.map((time, round) => time / other[round]!));
    return `${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  };
  const rows = [...times].map(([name, own]) => {
    return {
      way: name,
      ms: medianInterval(own).median.toFixed(0),
      'µs a file': ((1_000 * medianInterval(own).median) / size).toFixed(2),
      'ratio to the bare loop': ratioTo(BARE.name, own),
      'ratio to ours': ratioTo(OURS.name, own),
    };
  });
  return table(rows, ['ms', 'µs a file', 'ratio to the bare loop', 'ratio to ours']);
}

/** MiB */
async function memoryOfOneRun({ files, state }: Place, from: string, to: string): Promise<number> {
  const child = fork(new URL('./rename-child.ts', import.meta.url), { execArgv: [] });
  const answer = once(child, 'message');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the run that is measured for its memory ended with ${code}`);
  });
  child.send({ root: files, stateFolder: state, from, to } satisfies OneRun);
  const [memory] = (await Promise.race([answer, ended])) as [number];
  ended.catch(() => {}); // it has answered, and may go
  return memory;
}

/** Every file to the name of the next one: the last to a free name, then the last to the first. */
async function renameChains({ files, state }: Place, prefix: string, size: number): Promise<string> {
  const name = (n: number): string => `${prefix}${String(n).padStart(7, '0')}.txt`;
  const lines: string[] = [];
  for (const kind of ['chain', 'cycle'] as const) {
    const first = kind === 'chain' ? 0 : 1; // the chain has freed the first name
    const pairs = Array.from({ length: size }, (_, index) => {
      const n = index + first;
      return { from: name(n), to: kind === 'cycle' && index === size - 1 ? name(first) : name(n + 1) };
    });
    const start = performance.now();
    const { outcome, renamed } = await applyRename({ root: files, wish: mapWish(pairs) }, { stateFolder: state });
    lines.push(
      `${kind} of ${size.toLocaleString('en-US')}: ${outcome}, ${renamed} renamed in ${(performance.now() - start).toFixed(0)} ms`,
    );
  }
  return lines.join('\n');
}
