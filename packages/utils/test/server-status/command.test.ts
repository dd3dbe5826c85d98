import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endWithTest } from '../../../lab/test/ends-with-test.ts';
import { openEveryKind } from '../../src/server-status/known-servers/every-kind.ts';
import type { EveryKind } from '../../src/server-status/known-servers/every-kind.ts';

const MAIN = fileURLToPath(new URL('../../src/server-status/main.ts', import.meta.url));

let every: EveryKind;
let folder: string;
let ca: string;
beforeAll(async () => {
  every = await openEveryKind();
  folder = await mkdtemp(join(tmpdir(), 'server-status-'));
  ca = join(folder, 'ca.pem');
  await writeFile(ca, every.ca);
});
afterAll(async () => {
  await every.close();
  await rm(folder, { recursive: true, force: true });
});

const host = (kind: string): string => every.hosts.find((known) => known.kind === kind)!.host;

function start(...argv: string[]) {
  return endWithTest(
    spawn(process.execPath, [MAIN, ...argv], { env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' } }),
  );
}

async function serverStatus(argv: readonly string[], piped = '') {
  const child = start(...argv);
  child.stdin.end(piped);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, out, err };
}

test('servers that are up are a table and status 0', async () => {
  const { status, out, err } = await serverStatus([host('HTTP'), host('HTTPS by its address'), '--ca', ca]);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const lines = out.split('\n');
  expect(lines[0]!.trim().split(/ {2,}/)).toEqual(['server', 'state', 'tcp', 'tls', 'http', 'certificate', 'detail']);
  expect(lines[2]).toMatch(/^ {2}http:\/\/127\.0\.0\.1:\d+ +✓ up +[\d.]+ +[\d.]+ +HTTP 200$/);
  expect(lines[3]).toMatch(/✓ up +[\d.]+ +[\d.]+ +[\d.]+ +TLSv1\.3, 30 days left +HTTP 200$/);
  expect(out.endsWith('\n2 of 2 up, times in ms\n')).toBe(true);
});

test('one that is down makes it status 1, and the others are reported all the same', async () => {
  const { status, out } = await serverStatus([host('a closed port'), host('HTTP')]);
  expect(status).toBe(1);
  expect(out).toContain('✗ connection refused');
  expect(out).toContain('1 of 2 up');
});

test('names come from a pipe where none is given', async () => {
  const { status, out } = await serverStatus(
    ['--json'],
    `# servers\n${host('HTTP')}\n\n${host('a port that accepts')}\n`,
  );
  const { servers } = JSON.parse(out) as { servers: { server: string; up: boolean; http?: number }[] };
  expect(status).toBe(0);
  expect(servers.map(({ server, up, http }) => ({ server, up, http }))).toEqual([
    { server: host('HTTP'), up: true, http: 200 },
    { server: host('a port that accepts'), up: true, http: undefined },
  ]);
});

test('--insecure goes on under a bad certificate, and shows how long it has been bad', async () => {
  const byAddress = host('expired').replace('known.test', '127.0.0.1'); // no name server knows the name
  const { status, out } = await serverStatus([byAddress, '--insecure']);
  expect(status).toBe(0);
  expect(out).toMatch(/✓ up .* TLSv1\.3, 3 days over, CERT_HAS_EXPIRED +HTTP 200\n/);
});

test('--expect names the statuses that are up', async () => {
  const hosts = [host('HTTP'), host('HTTP, 404'), host('HTTP, 503')];
  const read = async (...expected: string[]): Promise<[number | null, string[]]> => {
    const { status, out } = await serverStatus([...hosts, '--json', ...expected]);
    return [status, (JSON.parse(out) as { servers: { state: string }[] }).servers.map(({ state }) => state)];
  };
  expect(await read('--expect', '404,500-599')).toEqual([1, ['unexpected-status', 'up', 'up']]);
  expect(await read('--expect', '200-299, 404')).toEqual([1, ['up', 'up', 'server-error']]);
  expect(await read('--expect', '200-599')).toEqual([0, ['up', 'up', 'up']]);
});

test('the time limit is in seconds', async () => {
  const { status, out } = await serverStatus([host('accepts, silent'), '--timeout', '0.2']);
  expect(status).toBe(1);
  expect(out).toMatch(/✗ accepts, never answers .* no answer in 200 ms\n/);
});

test('--watch in a pipe prints the first state, and then only changes', async () => {
  const { status, out } = await serverStatus([host('HTTP'), '--rounds', '3', '--every', '0.05']);
  expect(status).toBe(0);
  expect(out).toMatch(/^\S+Z {2}http:\/\/127\.0\.0\.1:\d+ {2}up, HTTP 200\n$/);
});

test('--watch --json is one object on a line for each round', async () => {
  const { out } = await serverStatus([host('HTTP'), '--json', '--rounds', '3', '--every', '0.05']);
  const rounds = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { servers: { up: boolean }[] });
  expect(rounds.map(({ servers }) => servers[0]!.up)).toEqual([true, true, true]);
});

test.skipIf(process.platform === 'win32')('Ctrl-C ends a watch with status 130', async () => {
  const child = start(host('HTTP'), '--watch', '--every', '60');
  child.stdin.end();
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const [status] = (await once(child, 'exit')) as [number | null];
  expect(status).toBe(130);
});

describe('wrong usage is one line on stderr and status 2', () => {
  test.each([
    [[], 'Expected at least one HOST, got none'],
    [['a b'], "Expected HOST to be a name, a name:port or an http(s) URL, got 'a b'"],
    [['https://me:secret@known.test'], 'Expected HOST to hold no user name and no password'],
    [['known.test', '--concurrency', '0'], "Expected --concurrency to be an integer from 1 to 512, got '0'"],
    [['known.test', '--expect', '200-'], "Expected --expect to be HTTP statuses, such as 200-299,404, got '200-'"],
    [
      ['known.test', '--expect', '299-200'],
      "Expected --expect to be HTTP statuses, such as 200-299,404, got '299-200'",
    ],
    [['known.test', '--insecure', '--ca', 'ca.pem'], "option '--insecure' cannot be used with option '--ca <file>'"],
    [['known.test', '--timeout', '0'], "Expected --timeout to be a number from 0.001 to 86400, got '0'"],
    [
      ['known.test', '--ca', 'missing.pem'],
      "Expected --ca to be a file of certificates in PEM, got 'missing.pem' (ENOENT)",
    ],
    [
      ['known.test', '--ca', MAIN],
      `Expected --ca to be a file of certificates in PEM, got '${MAIN}' (ERR_OSSL_PEM_NO_START_LINE)`,
    ],
    [['known.test', '--tiemout', '1'], "unknown option '--tiemout' (Did you mean --timeout?)"],
  ])('%j', async (argv, message) => {
    expect(await serverStatus(argv)).toEqual({ status: 2, out: '', err: `${message}\n` });
  });
});
