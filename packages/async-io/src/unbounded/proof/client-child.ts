// The client, in a process of its own, so that what it runs out of is its own: asks for all documents, and says what
// came of them and what broke first.

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { getDocument, StatusError } from '../../proof/get-document.ts';
import type { Failure, Job, Outcome, Report } from './job.ts';
import { allAtOnce, limited } from '../recipe.ts';

const { origin, requests, width, deadline } = JSON.parse(process.argv[2]!) as Job;
const counts: Record<Outcome, number> = { good: 0, late: 0, refused: 0, 'no descriptor': 0, other: 0 };
const firstAt: Partial<Record<Outcome, number>> = {};
let [start, slowest] = [0, 0];

/** Statuses by which a server refuses what it has no room for. */
const REFUSALS: ReadonlySet<number> = new Set([429, 503]);

function count(outcome: Outcome): void {
  counts[outcome]++;
  firstAt[outcome] ??= performance.now() - start;
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof StatusError && REFUSALS.has(error.status)) return 'refused';
  return (error as NodeJS.ErrnoException).code === 'EMFILE' ? 'no descriptor' : 'other';
}

/** A file like any other: here it is this program. */
async function tryFile(): Promise<string> {
  try {
    await readFile(fileURLToPath(import.meta.url));
    return 'read';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function held(): number {
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function run(): Promise<Report> {
  const pool = new Pool(origin);
  const numbers = Array.from({ length: requests }, (_, number) => number);
  await getDocument(pool, 0); // the code is loaded, and one connection is open
  const get = async (number: number): Promise<void> => {
    const asked = performance.now();
    try {
      await getDocument(pool, number);
      const latency = performance.now() - asked;
      slowest = Math.max(slowest, latency);
      count(latency <= deadline ? 'good' : 'late');
    } catch (error) {
      count(outcomeOf(error));
    }
  };
  const before = held();
  start = performance.now();
  const settled = width === undefined ? allAtOnce(numbers, get) : limited(numbers, get, width);
  const memory = (held() - before) / requests / 1_024;
  await sleep(1); // the connections are under way
  const file = await tryFile();
  await settled;
  const wall = performance.now() - start;
  await pool.destroy();
  return { counts, firstAt, slowest, memory, file, wall };
}

/** What goes wrong apart from the requests is reported too. */
async function report(): Promise<Report | Failure> {
  try {
    return await run();
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

process.on('disconnect', () => process.exit());
process.send!(await report(), () => process.disconnect!());
