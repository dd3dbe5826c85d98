// The process behind `startNeighbours`: at work in slices, so that it notices when its parent is gone.

import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as turnOfTheLoop, setTimeout as sleep } from 'node:timers/promises';
import { withFolder } from '../cleanup/folder.ts';
import { now } from '../task/clock.ts';
import { longestCollatz } from '../task/workload.ts';
import type { NeighbourPlan } from './neighbours.ts';
import { seeded } from './random.ts';

const { kind, seed, start } = JSON.parse(process.argv[2]!) as NeighbourPlan;
const random = seeded(seed);
const SLICE = 20;
/** Bursts and pauses, and the life of a short process, ms. */
const [SHORTEST, LONGEST] = [20, 500];

process.on('disconnect', () => process.exit());
process.send!('busy');
if (kind === 'niced') os.setPriority(os.constants.priority.PRIORITY_LOW);
if (kind === 'io') await withFolder('neighbour', write);
else if (kind === 'many-processes') for (;;) await shortProcess();
else if (kind === 'bursts' || kind === 'out-of-step') await burst();
else for (;;) await computeUntil(now() + SLICE);

function someTime(): number {
  return SHORTEST + (LONGEST - SHORTEST) * random();
}

async function computeUntil(end: number): Promise<void> {
  while (now() < end) {
    const sliceEnd = Math.min(end, now() + SLICE);
    while (now() < sliceEnd) longestCollatz(1_000);
    await turnOfTheLoop();
  }
}

/** By the clock and not by what it got done, lest those in step fall out of it. */
async function burst(): Promise<never> {
  for (let at = start; ;) {
    at += someTime();
    await computeUntil(at);
    at += someTime();
    await sleep(Math.max(0, at - now()));
  }
}

/** As a compiler is started for every file: a start, some work, an end. */
async function shortProcess(): Promise<void> {
  const work = `const end = performance.now() + ${someTime() / 4}; while (performance.now() < end);`;
  const child = spawn(process.execPath, ['-e', work], { stdio: 'ignore' });
  const end = (): boolean => child.kill('SIGKILL');
  process.once('exit', end);
  await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  process.off('exit', end);
}

async function write(folder: string): Promise<never> {
  const block = Buffer.alloc(1 << 20, 1);
  for (;;) {
    const file = await open(path.join(folder, 'file'), 'w+');
    for (let at = 0; at < 8; at++) await file.write(block);
    await file.sync();
    for (let at = 0; at < 8; at++) await file.read(block, 0, block.length, at * block.length);
    await file.close();
  }
}
