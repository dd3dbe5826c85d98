// The lab's own check of its verdicts, where no /proc says how long a lane waited for a core.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './machine/bundle.ts';
import type { Machine } from './machine/machine.ts';
import type { Row } from './row.ts';
import { pathOf } from './machine/wine.ts';
import type { WineRun } from './machine/wine.ts';

/** Milliseconds for eight jobs, on a machine that may be busy. */
const LIMIT = 300_000;

/** What `--json` prints, as far as it is looked at. */
interface Checked {
  readonly jobs: readonly {
    readonly job: string;
    readonly answers: readonly string[];
    readonly potentials: readonly number[];
    readonly false: number;
  }[];
}

export async function* tryJudging(machine: Machine): AsyncGenerator<Row> {
  const folder = path.join(machine.folder, 'judging', 'src');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, '..', 'package.json'), '{ "type": "module" }');
  const program = path.join(folder, 'main.ts');
  await bundle(path.join(machine.root, 'packages', 'lab', 'src', 'main.ts'), program);
  // On its own disk: from a folder of this system, Wine would find this system's /proc.
  const cwd = machine.makeFolder('judging');
  const args = ['--disable-warning=ExperimentalWarning', pathOf(program), '--rounds', '1', '--json'];
  const run = await machine.run({ args, cwd, limit: LIMIT });
  for (const [name, reasons] of judged(run)) {
    yield { part: 'judging', name, word: reasons.length === 0 ? 'ok' : 'FAILED', reasons };
  }
}

/** What is wrong with each verdict: one that is false, or one by a waiting time that Windows does not report. */
function judged({ status, stdout, stderr, left }: WineRun): [name: string, reasons: string[]][] {
  if ((status !== 0 && status !== 1) || !stdout.startsWith('{')) {
    return [['the self-check', [`Expected status 0, got ${status ?? 'no end'}:\n${stdout}${stderr}`]]];
  }
  const { jobs } = JSON.parse(stdout) as Checked;
  const rows = jobs.map(({ job, answers, potentials, false: wrong }): [string, string[]] => [
    `${job}: said ${answers.join(', ')}`,
    [
      ...(wrong > 0 ? ['Expected no false verdict, got one'] : []),
      ...(potentials.length > 0 ? ['Expected no waiting times, got some: this is not how Windows judges'] : []),
    ],
  ]);
  return left ? [...rows, ['its end', ['Expected no process to be left behind, got one']]] : rows;
}
