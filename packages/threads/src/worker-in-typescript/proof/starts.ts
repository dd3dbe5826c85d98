// Which runner starts the worker in which way, as figures and as a table.

import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { counted, counts, drawn, exactly } from '@cookbook/lab/claim';
import type { Figure, Finding } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import type { Outcomes } from './program.ts';
import { tryRunner } from './runners.ts';
import type { RunnerName, Started } from './runners.ts';

const AS_IT_IS: readonly RunnerName[] = ['node', 'tsx', 'vitest'];
const COMPILED: readonly RunnerName[] = ['tsc', 'esbuild'];
/** The first of each line that runs TypeScript without a flag. */
const RUNS_TYPESCRIPT: Readonly<Record<number, number>> = { 22: 18, 23: 6 };

export interface Starts {
  readonly plain: Figure[];
  readonly helper: Figure;
  readonly unnamed: Figure;
  /** Other Nodes, and the table of all. */
  readonly rest: Finding[];
}

/** Tries every runner, and every other Node of the PATH that runs TypeScript, each in a project of its own. */
export async function tryAll(signal: AbortSignal): Promise<Starts> {
  const tried = (runners: readonly RunnerName[]): Promise<Started[]> =>
    Promise.all(runners.map((runner) => tryRunner(runner, signal)));
  const others = (await nodesOfPath(signal)).filter(runsTypeScript);
  const [asItIs, compiled, [unnamed], nodes] = await Promise.all([
    tried(AS_IT_IS),
    tried(COMPILED),
    tried(['unnamed']),
    Promise.all(
      others.map(async ({ file, version }) => ({
        ...(await tryRunner('node', signal, file)),
        name: `node ${version}`,
      })),
    ),
  ]);
  const all = [...asItIs, ...compiled];
  const [first, ...rest] = [...asItIs, ...nodes, ...compiled, unnamed!];
  return {
    plain: [
      figure('plain', 'the plain form, under node, tsx and vitest: starts', asItIs, ['plain'], 3),
      figure('plain-compiled', 'the plain form, by tsc and by esbuild: starts', compiled, ['plain'], 0),
    ],
    helper: figure('helper', 'workerUrl, under all of them: starts', all, ['helper'], 5),
    unnamed: figure('unnamed', 'the worker no entry point: starts', [unnamed!], ['plain', 'helper'], 0),
    rest: [
      ...(nodes.length === 0 ? [] : [otherNodes(nodes)]),
      drawn({ notes: [asNote(tableOf([{ ...first, name: `node ${process.versions.node}` }, ...rest]))] }),
    ],
  };
}

function figure(
  key: string,
  name: string,
  started: readonly Started[],
  ways: readonly (keyof Outcomes)[],
  expected: number,
): Figure {
  const outcomes = started.flatMap((one) => ways.map((way) => one[way]));
  const count = outcomes.filter((outcome) => outcome === 'started').length;
  return counted(key, name, count, `of ${outcomes.length}`, exactly(expected));
}

function otherNodes(nodes: readonly Started[]): Finding {
  const names = nodes.map(({ name }) => name).join(', ');
  return counts(
    `Other Nodes here start it too: ${names}.`,
    figure('other-nodes', `both forms, under ${names}: starts`, nodes, ['plain', 'helper'], 2 * nodes.length),
  );
}

function tableOf(started: readonly Started[]): string[] {
  const rows = started.map(({ name, plain, helper }) => ({
    'run by': name,
    "new URL('./w.ts', import.meta.url)": word(plain),
    workerUrl: word(helper),
  }));
  return table(rows, []).split('\n');
}

function word(outcome: string): string {
  return outcome === 'started' ? 'starts' : 'does not start';
}

interface NodeOfPath {
  readonly file: string;
  /** Such as '22.23.3'. */
  readonly version: string;
}

/** Every Node that the PATH names but the one that runs this, each version once. */
async function nodesOfPath(signal: AbortSignal): Promise<NodeOfPath[]> {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const files = (process.env['PATH'] ?? '').split(path.delimiter).flatMap((folder) => {
    try {
      return [realpathSync(path.join(folder, name))];
    } catch {
      return [];
    }
  });
  const asked = [...new Set(files)].map(async (file) => {
    const { stdout } = await promisify(execFile)(file, ['-p', 'process.versions.node'], { signal, timeout: 10_000 });
    return [stdout.trim(), file] as const;
  });
  const found = (await Promise.allSettled(asked)).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return [...new Map(found)]
    .map(([version, file]) => ({ version, file }))
    .filter(({ version }) => version !== process.versions.node);
}

function runsTypeScript({ version }: NodeOfPath): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || minor >= (RUNS_TYPESCRIPT[major] ?? Infinity);
}
