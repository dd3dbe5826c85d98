import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { endWithTest } from '../../../lab/test/ends-with-test.ts';
import { UsageError } from '@cookbook/lab/command';
import { readArguments } from '../../src/rename/cli/arguments.ts';
import { lock, storeFolder } from '../../src/rename/journal/store.ts';
import { place, readTree } from './support.ts';
import type { Place } from './support.ts';

const MAIN = fileURLToPath(new URL('../../src/rename/main.ts', import.meta.url));
const NOBODY = 65_534;

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

interface How {
  readonly input?: string | Buffer;
  readonly uid?: number;
  /** Gets the process while it runs. */
  readonly meanwhile?: (child: ReturnType<typeof spawn>) => Promise<void>;
}

function command({ root, stateFolder }: Place, args: readonly string[], how: How = {}): Promise<Ran> {
  return run([root, '--state-dir', stateFolder, ...args], how);
}

async function run(args: readonly string[], how: How = {}): Promise<Ran> {
  const identity = how.uid === undefined ? {} : { uid: how.uid, gid: how.uid };
  const child = endWithTest(
    spawn(process.execPath, [MAIN, ...args], {
      ...identity,
      env: { ...process.env, NO_COLOR: '1' },
    }),
  );
  child.stdin.end(how.input ?? '');
  const [out, err] = [buffer(child.stdout), buffer(child.stderr)];
  const exit = once(child, 'exit') as Promise<[number | null]>;
  await how.meanwhile?.(child);
  const [status] = await exit;
  return { status, out: (await out).toString(), err: (await err).toString() };
}

const json = ({ out }: Ran): { outcome: string; id: string | null } =>
  JSON.parse(out) as { outcome: string; id: string | null };

test.each([
  [['--find', 'a'], /^Expected --replace with --find, got none$/],
  [['--find', '(', '--replace', 'x'], /^Expected `find` to be a regular expression/],
  [['--find', 'a', '--replace', 'b', '--undo'], /^Expected one of .* got --find and --undo$/],
  [['--sequence', '{n}', '--pad', '0'], /^Expected --pad to be an integer from 1 to 99, got '0'$/],
  [['--sequence', '{n}', '--order', 'x'], /^Expected --order to be one of natural, .*, got 'x'$/],
  [['--find', 'a', '--replace', 'b', '--edited'], /^Expected --edited with --undo or --recover, got --find$/],
  [['--sequence', '{n}', '--replace', 'x'], /^Expected --replace with --find, got --sequence$/],
  [['--map', 'no-such-file'], /^Expected --map to name a readable file, got 'no-such-file'/],
  [['src', 'package.json', '--undo'], /^Expected one folder with --undo, got src and package.json$/],
  [['no-such-path', '--recover'], /^Expected a folder or a file, got 'no-such-path': there is none$/],
  [['--find', 'a', '--replace', 'b', '--find', 'c'], /^Expected --replace with each --find, got 1 for 2$/],
  [['--find', 'a', '--replace', 'b', '--map', 'x'], /^Expected one of .* got --find and --map$/],
  [['--case', 'camel'], /^Expected --case to be one of lower, upper, title, got 'camel'$/],
  [['--case', 'lower', '--per-folder'], /^Expected --per-folder with --sequence, got --case$/],
  [['--map', 'package.json', '--map-format', 'xml'], /^Expected --map-format to be one of json, csv, tsv, got 'xml'$/],
  [[], /^Expected one of --find, .*, got none$/],
])('the arguments %j are wrong usage, in one line', (args, line) => {
  expect(() => readArguments(args)).toThrow(UsageError);
  expect(() => readArguments(args)).toThrow(line);
});

describe('the command', () => {
  test('shows what it would do and changes nothing, does it with --apply, takes it back with --undo', async () => {
    const here = place({ 'a 1.jpeg': '1', 'b.png': '2', 'x\u001b[31m.jpeg': '3' });
    const before = readTree(here.root);
    const args = ['--find', '\\.jpeg$', '--replace', '.jpg'];
    const preview = await command(here, args);
    expect(preview).toEqual({
      status: 0,
      out: 'a 1.jpeg -> a 1.jpg\nx\\u{1b}[31m.jpeg -> x\\u{1b}[31m.jpg\n2 files to rename; nothing is changed yet: --apply does it.\n',
      err: '',
    });
    expect(existsSync(here.stateFolder)).toBe(false);
    expect(readTree(here.root)).toEqual(before);

    const applied = await command(here, [...args, '--apply']);
    expect(applied).toMatchObject({ status: 0, out: expect.stringMatching(/^2 files renamed, run \S+\.\n$/) });
    expect(Object.keys(readTree(here.root))).toEqual(['a 1.jpg', 'b.png', 'x\u001b[31m.jpg']);
    expect((await command(here, ['--history'])).out).toMatch(/^\S+ {2}\S+ \S+Z {2}2 files {2}done\n$/);
    expect((await command(here, ['--undo'])).status).toBe(0);
    expect(readTree(here.root)).toEqual(before);
  });

  test('prints one object with --json, names that are not UTF-8 as b64:', async () => {
    const here = place({ 'b64:/w==': 'x', a: 'A' });
    const ran = await command(here, ['--map0', '-', '--json', '--apply'], {
      input: Buffer.from('\xff\0\xfe\0', 'latin1'),
    });
    expect(json(ran)).toEqual({
      outcome: 'ok',
      id: expect.any(String) as string,
      renamed: 1,
      operations: [['b64:/w==', 'b64:/g==']],
      errors: [],
      warnings: [],
    });
    expect(readTree(here.root)).toEqual({ 'b64:/g==': 'x', a: 'A' });
  });

  test('ends with 1 where it refuses, with the reason', async () => {
    const here = place({ a: 'A', b: 'B' });
    const plain = await command(here, ['--map', '-', '--apply'], { input: '{"a":"b"}' });
    expect(plain).toMatchObject({
      status: 1,
      err: "target-exists: 'a' to 'b': the new name is taken by a file or folder that stays there\n",
    });
    const object = await command(here, ['--map', '-', '--json'], { input: '{"a":"x","a":"y"}' });
    expect(object.status).toBe(1);
    expect(json(object)).toMatchObject({ outcome: 'refused', id: null, errors: [{ kind: 'duplicate-source' }] });
  });

  test('ends with 2 on wrong usage, with one line and no stack', async () => {
    const ran = await command(place(), ['--fnd', 'a']);
    expect(ran).toEqual({ status: 2, out: '', err: "unknown option '--fnd' (Did you mean --find?)\n" });
  });

  test('prints one object for wrong usage too, with --json', async () => {
    const ran = await command(place(), ['--case', 'camel', '--json']);
    expect(ran).toMatchObject({ status: 2, err: '' });
    const message = "Expected --case to be one of lower, upper, title, got 'camel'";
    expect(json(ran)).toEqual({
      outcome: 'refused',
      id: null,
      renamed: 0,
      operations: [],
      errors: [{ kind: 'usage', from: '', to: '', message }],
      warnings: [],
    });
  });

  test('takes the folder after --undo for the folder, and anything else for an id', async () => {
    const here = place({ a: 'A' });
    await command(here, ['--find', 'a', '--replace', 'b', '--apply']);
    const args = ['--state-dir', here.stateFolder, '--undo'];
    expect(readArguments([...args, here.root])).toMatchObject({ root: here.root, task: { name: 'undo' } });
    expect(readArguments([...args, 'some-id'])).toMatchObject({ task: { name: 'undo', id: 'some-id' } });
    expect(readArguments([here.root, ...args, 'some-id'])).toMatchObject({ root: here.root, task: { id: 'some-id' } });
    expect((await run([...args, here.root])).status).toBe(0);
    expect(readTree(here.root)).toEqual({ a: 'A' });
  });

  test('is refused as busy while another process has the folder', async () => {
    const here = place({ a: 'A' });
    const unlock = lock(storeFolder(here.root, here.stateFolder));
    const ran = await command(here, ['--find', 'a', '--replace', 'b', '--apply', '--json']);
    unlock();
    expect(ran.status).toBe(1);
    expect(json(ran)).toMatchObject({ outcome: 'refused', errors: [{ kind: 'busy' }] });
    expect(readTree(here.root)).toEqual({ a: 'A' });
  });
});

// As root nothing is forbidden, so these run as another user; only root can change the user.
describe.skipIf(process.getuid?.() !== 0)('as a user who may not do everything, the command', () => {
  function shared(mode: number): Place {
    const here = place({ mine: 'M', theirs: 'T' });
    chmodSync(dirname(here.root), 0o755);
    chmodSync(here.root, mode);
    chownSync(`${here.root}/mine`, NOBODY, NOBODY);
    mkdirSync(here.stateFolder);
    chownSync(here.stateFolder, NOBODY, NOBODY);
    return here;
  }
  const args = ['--map', '-', '--apply', '--json'];
  const input = '[["mine","x-mine"],["theirs","x-theirs"]]';

  test('is refused in a folder that it may not write to', async () => {
    const here = shared(0o755);
    const ran = await command(here, args, { uid: NOBODY, input });
    expect(ran.status).toBe(1);
    expect(json(ran)).toMatchObject({ outcome: 'refused', errors: [{ kind: 'permission' }] });
    const preview = await command(here, ['--map', '-'], { uid: NOBODY, input });
    expect(preview.status).toBe(1);
    expect(preview.err).toBe(`permission: '${here.root}/': EACCES: permission denied\n`);
  });

  test('is refused where it may not rename a file of another user, before anything is renamed', async () => {
    const here = shared(0o1777);
    const ran = await command(here, args, { uid: NOBODY, input });
    expect(ran.status).toBe(1);
    expect(json(ran)).toMatchObject({ outcome: 'refused', errors: [{ kind: 'permission', from: 'theirs' }] });
    expect(readTree(here.root)).toEqual({ mine: 'M', theirs: 'T' });
  });

  test('carries on with --keep-going, ends with status 4, and undo takes back what was done', async () => {
    const here = shared(0o1777);
    const ran = await command(here, [...args, '--keep-going'], { uid: NOBODY, input });
    expect(ran.status).toBe(4);
    expect(json(ran)).toMatchObject({
      outcome: 'partial',
      renamed: 1,
      errors: [{ kind: 'permission', from: 'theirs' }],
    });
    expect(readTree(here.root)).toEqual({ 'x-mine': 'M', theirs: 'T' });
    expect((await command(here, ['--undo'], { uid: NOBODY })).status).toBe(0);
    expect(readTree(here.root)).toEqual({ mine: 'M', theirs: 'T' });
  });

  test('is refused where its state folder cannot be written', async () => {
    const here = shared(0o777);
    chownSync(here.stateFolder, 0, 0);
    const ran = await command(here, args, { uid: NOBODY, input });
    expect(ran.status).toBe(1);
    expect(json(ran)).toMatchObject({ outcome: 'refused', errors: [{ kind: 'journal' }] });
    expect(readTree(here.root)).toEqual({ mine: 'M', theirs: 'T' });
  });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s during the batch puts everything back or comes too late, and the result has which',
  async (signal) => {
    const count = 15_000;
    const here = place();
    for (let n = 0; n < count; n++) writeFileSync(`${here.root}/a${n}`, '');
    const before = readdirSync(here.root).toSorted();
    const ran = await command(here, ['--find', '^a', '--replace', 'b', '--apply', '--json'], {
      async meanwhile(child) {
        // The journal stands as soon as the first name changes; the listing is long, so the state folder is watched.
        const store = storeFolder(here.root, here.stateFolder);
        while (!existsSync(store) || !readdirSync(store).some((name) => name.endsWith('.journal'))) await setTimeout(1);
        await setTimeout(60);
        child.kill(signal);
      },
    });
    const after = readdirSync(here.root).toSorted();
    if (ran.status === 0) {
      expect(json(ran)).toMatchObject({ outcome: 'ok', renamed: count });
      expect(after).toEqual(before.map((name) => name.replace('a', 'b')));
    } else {
      expect(ran.status).toBe({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal]);
      expect(json(ran)).toMatchObject({ outcome: 'rolled-back', renamed: 0, errors: [] });
      expect(after).toEqual(before);
    }
  },
);
