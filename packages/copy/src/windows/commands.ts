// The commands of the utils, each bundled into one file, as a reader on Windows would run them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { bundle } from './machine/bundle.ts';
import { wrongWith } from './check.ts';
import type { Expected } from './check.ts';
import type { Machine } from './machine/machine.ts';
import { tryRename } from './rename.ts';
import type { Row } from './row.ts';
import { pathOf } from './machine/wine.ts';

/** A bundled command: runs with arguments in a folder, of which it returns what is wrong. */
export type Command = (args: readonly string[], expected: Expected & { input?: string }) => Promise<string[]>;

const LIMIT = 120_000;

export async function* tryCommands(machine: Machine, wanted: (name: string) => boolean): AsyncGenerator<Row> {
  for (const [name, attempt] of Object.entries(ATTEMPTS)) {
    if (!wanted(name)) continue;
    const work = machine.makeFolder(name);
    const command = await openCommand(machine, name, work);
    for await (const [what, reasons] of attempt(command, work)) {
      yield { part: 'commands', name: `${name}: ${what}`, word: reasons.length === 0 ? 'ok' : 'FAILED', reasons };
    }
  }
}

/** What was tried, and what was wrong with it. */
export type Attempt = AsyncGenerator<[what: string, reasons: string[]]>;

const ATTEMPTS: Readonly<Record<string, (command: Command, work: string) => Attempt>> = {
  password: tryPassword,
  max: tryMax,
  'tf-idf': tryTfIdf,
  'server-status': tryStatus,
  rename: tryRename,
};

async function openCommand(machine: Machine, name: string, cwd: string): Promise<Command> {
  const folder = path.join(machine.folder, 'commands', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  const program = path.join(folder, 'main.ts');
  await bundle(path.join(machine.root, 'packages', 'utils', 'src', name, 'main.ts'), program);
  return async (args, { input, ...expected }) => {
    const run = await machine.run({
      args: ['--disable-warning=ExperimentalWarning', pathOf(program), ...args],
      cwd,
      limit: LIMIT,
      ...(input !== undefined && { input }),
    });
    return wrongWith(run, expected);
  };
}

async function* tryPassword(command: Command): Attempt {
  yield ['30 passwords', await command(['--count', '30'], { prints: /^([!-~]{20}\n){30}$/ })];
  yield [
    'a passphrase with its entropy',
    await command(['--words', '6', '--entropy'], { prints: /^\w+(\W\w+){5}\n$/, complains: /bit/ }),
  ];
  yield ['wrong usage', await command(['--length', '0'], { status: 2, complains: /^Expected --length .*\n$/ })];
}

async function* tryMax(command: Command, work: string): Attempt {
  // Ends of lines as Windows writes them.
  writeFileSync(path.join(work, 'values.csv'), 'name,size\r\none,3\r\ntwo,41.5\r\nthree,-7\r\n');
  writeFileSync(path.join(work, 'lines.txt'), '3\r\n41.5\r\n-7\r\n');
  const found = /"max":\{"value":41\.5,.*"min":\{"value":-7,/;
  yield ['a column of CSV', await command(['values.csv', '--column', 'size', '--json'], { prints: found })];
  yield ['numbers from its input', await command(['--json'], { prints: found, input: path.join(work, 'lines.txt') })];
  yield [
    'a file that is not there',
    await command(['none\\here.txt'], { status: 2, complains: /^Expected a file .*ENOENT/ }),
  ];
  yield [
    'the load of this machine',
    await command(['--live', 'cpu', '--seconds', '1', '--json'], { prints: /^\{[^]*\}\n$/ }),
  ];
}

async function* tryTfIdf(command: Command, work: string): Attempt {
  const notes = path.join(work, 'notes', 'inner');
  mkdirSync(notes, { recursive: true });
  for (let n = 0; n < 40; n++) writeFileSync(path.join(notes, `${n}.txt`), `common words of every note\r\n`.repeat(20));
  writeFileSync(path.join(notes, 'Überall.txt'), 'a walrus in the harbour\r\n');
  const walrus = { prints: /berall\.txt/ };
  yield ['search in a folder', await command(['search', 'walrus', 'notes'], walrus)];
  yield ['search by a pattern with backslashes', await command(['search', 'walrus', 'notes\\**\\*.txt'], walrus)];
  yield ['an index is written', await command(['index', 'notes', '--out', 'notes.index'], { prints: /41/ })];
  yield ['search in the index', await command(['search', 'walrus', '--index', 'notes.index'], walrus)];
  yield ['nothing is found', await command(['search', 'zeppelin', 'notes'], { status: 1, complains: /[^]*/ })];
}

async function* tryStatus(command: Command): Attempt {
  const server = createServer((request, response) =>
    response.writeHead(request.url === '/bad' ? 500 : 200).end('here'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    yield ['a server that is up', await command([`http://${at}/`, at, '--json'], { prints: /"up"[^]*"up"/ })];
    yield ['one that answers 500', await command([`http://${at}/bad`], { status: 1, prints: /500/ })];
    const refused = { status: 1, prints: /connection refused/ };
    yield ['one that is not there', await command(['127.0.0.1:1', '--timeout', '20'], refused)];
  } finally {
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  }
}
