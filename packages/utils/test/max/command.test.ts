import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endWithTest, TIED } from '../../../lab/test/ends-with-test.ts';

const MAIN = fileURLToPath(new URL('../../src/max/main.ts', import.meta.url));

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'cookbook-max-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function max(argv: readonly string[], input: string | Readable = '', flags: readonly string[] = []) {
  const child = endWithTest(
    spawn(process.execPath, [...flags, MAIN, ...argv], { env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' } }),
  );
  const fed = pipeline(typeof input === 'string' ? Readable.from([input]) : input, child.stdin).catch(() => {}); // it may end early
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close'), fed]);
  return { status: child.exitCode, out, err };
}

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test('the largest and the smallest value of a column are printed with their lines', async () => {
  const path = await file('load.csv', '\uFEFFhost,cpu\na,12.50\n"b, the\nsecond",97.5\nc,-3e0\n');
  expect(await max([path, '--column', 'cpu'])).toEqual({
    status: 0,
    out: 'max    97.5  line 4\nmin    -3e0  line 5\ncount  3 values\n',
    err: '',
  });
});

test('tabs, other delimiters and JSON lines are read as well, from a file or the input', async () => {
  const tabs = await file('load.tsv', 'a\tb\n1\t2\n3\t4\n');
  const records = '{"cpu": 1}\r\n\r\n{"cpu": "2.5", "x": [1]}\n';
  expect((await max([tabs, '--column', 'b'])).out).toContain('max    4  line 3\n');
  expect((await max(['--column', 'b', '--delimiter', ';'], 'a;b\n1;7\n')).out).toContain('max    7  line 2\n');
  expect((await max(['-', '--format', 'jsonl', '--column', 'cpu'], records)).out).toContain('max    2.5  line 3\n');
  expect((await max([await file('load.ndjson', records), '--column', 'cpu'])).out).toContain('count  2 values\n');
});

test('without a column the input is a number a line', async () => {
  expect((await max([], '3\n\n10\n9\n')).out).toBe('max    10  line 3\nmin    3   line 1\ncount  3 values\n');
});

test('--json is one object', async () => {
  const { status, out } = await max(['--json', '--column', 'cpu', '--nan', 'ignore'], 'cpu\n1\nNaN\n0.10\n');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual({
    column: 'cpu',
    kind: 'number',
    max: { value: 1, text: '1', line: 2, file: '-' },
    min: { value: 0.1, text: '0.10', line: 4, file: '-' },
    values: 2,
    gaps: 1,
    invalid: 0,
    ragged: 0,
  });
});

test('a gap is passed over and counted', async () => {
  const { status, out } = await max(['--column', 'b'], 'a,b\n1,5\n2,\n3,7\n');
  expect({ status, out }).toEqual({
    status: 0,
    out: 'max    7  line 4\nmin    5  line 2\ncount  2 values, and 1 gap\n',
  });
});

test('NaN is an error, is passed over or is the result', async () => {
  const nans = 'a,b\n1,5\n2,NaN\n3,7\n';
  const refused = "Expected column 'b' of line 3 to be a number, got 'NaN'; --nan ignore passes over it\n";
  expect(await max(['--column', 'b'], nans)).toEqual({ status: 1, out: '', err: refused });
  expect((await max(['--column', 'b', '--nan', 'ignore'], nans)).out).toBe(
    'max    7  line 4\nmin    5  line 2\ncount  2 values, and 1 gap\n',
  );
  expect((await max(['--column', 'b', '--nan', 'propagate'], nans)).out).toContain('max    NaN  line 3\n');
});

test('wrong data is one line and status 1', async () => {
  const wrong = await max(['--column', 'b'], 'a,b\n1,2\n3,four\n');
  expect(wrong).toEqual({ status: 1, out: '', err: "Expected column 'b' of line 3 to be a number, got 'four'\n" });
  const none = await max(['--column', 'b'], 'a,b\n');
  expect(none).toEqual({ status: 1, out: '', err: "Expected at least one value in column 'b', got none\n" });
});

describe('wrong usage is one line and status 2', () => {
  test.each([
    [['--column', 'cup'], 'cpu,"a ""b"""\n1,2\n', `Expected a column 'cup', there are: 'cpu', 'a "b"'`],
    [['missing.csv', '--column', 'a'], '', "Expected a file that can be read, got 'missing.csv' (ENOENT)"],
    [['missing.txt'], '', "Expected a file that can be read, got 'missing.txt' (ENOENT)"],
    [['load.csv'], '', 'Expected --column for csv, got none'],
  ])('%j', async (argv, input, message) => {
    expect(await max(argv, input)).toEqual({ status: 2, out: '', err: `${message}\n` });
  });
});

test('a stream of many times the heap is read in constant memory', { timeout: 60_000 }, async () => {
  const LINES = 500_000;
  const rows = function* (): Generator<string> {
    yield 'id,note,cpu\n';
    for (let first = 0; first < LINES; first += 10_000) {
      let chunk = '';
      for (let n = first; n < first + 10_000; n++) chunk += `${n},a note that takes some room,${(n * 7_919) % LINES}\n`;
      yield chunk;
    }
  };
  // 20 MB of text, and several times as much as objects, through a heap of 16 MiB.
  const flags = ['--max-old-space-size=16', '--max-semi-space-size=1'];
  const { status, out, err } = await max(['--column', 'cpu', '--json'], Readable.from(rows()), flags);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ max: { value: LINES - 1 }, min: { value: 0, line: 2 }, values: LINES });
});

test.skipIf(process.platform === 'win32')('Ctrl-C ends a watch with status 130', async () => {
  const endAfter = async (ms: number): Promise<number | null> => {
    const child = endWithTest(
      spawn(process.execPath, [...TIED, MAIN, '--live', 'cpu', '--seconds', '60'], {
        env: { ...process.env, NODE_OPTIONS: '' },
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, ms));
    child.kill('SIGINT');
    const [status] = (await once(child, 'exit')) as [number | null];
    return status;
  };
  // In a pipe it prints nothing before its end; on a busy machine it may not have begun by the first of these.
  const first = await endAfter(500);
  expect(first ?? (await endAfter(8_000))).toBe(130);
});
