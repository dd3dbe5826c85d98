// Runs every `main.ts` of the project as a reader would, and checks its exit status and that it said something.

import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What a command is run with besides --help, where that is quick. */
const QUICK: Readonly<Record<string, readonly string[]>> = {
  'packages/lab/src/main.ts': ['--rounds', '1'],
  'packages/threads/src/main.ts': ['hello-threads', 'race'],
  'packages/processes/src/main.ts': ['hello-processes', 'same-interface'],
  'packages/async-io/src/main.ts': ['sequential-await'],
  'packages/machines/src/main.ts': ['killed-worker'],
  'packages/pitfalls/src/main.ts': ['nested-array'],
  'packages/utils/src/main.ts': ['password'],
  'packages/utils/src/max/main.ts': ['--live', 'cpu', '--seconds', '1'],
  'packages/utils/src/password/main.ts': ['--length', '20'],
  'packages/utils/src/rename/main.ts': ['--sequence', '{n}-{name}', 'packages/threads'],
  'packages/utils/src/tf-idf/main.ts': ['search', 'shared memory', 'packages/threads/README.md'],
  'packages/sabotage/src/main.ts': ['--list', 'threads/race'],
  'packages/report/src/main.ts': ['--only', 'pitfalls/copies'],
};

const mains = globSync('packages/*/src/**/main.ts', { cwd: root }).map((file) => file.split(path.sep).join('/'));
let failed = 0;
for (const main of mains.toSorted()) {
  for (const args of [['--help'], QUICK[main]]) {
    if (args === undefined) continue;
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: root, encoding: 'utf8' });
    const good = status === 0 && stdout.trim() !== '';
    if (!good) failed += 1;
    console.log(
      `${good ? 'ok    ' : 'FAILED'} ${main} ${args.join(' ')}${good ? '' : ` (status ${status})\n${stdout}${stderr}`}`,
    );
  }
}
process.exitCode = failed > 0 ? 1 : 0;
