import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { forkForTest } from '../../lab/test/ends-with-test.ts';
import { cpuQuota as quotaOfLab, usableCores } from '@cookbook/lab/host';
import { describe, expect, onTestFinished, test } from 'vitest';
import { namespaceLack, watchPrograms } from '../src/containers/proof/namespace.ts';
import { quotaLack, see } from '../src/containers/proof/quotas.ts';
import { availableCpus, cpuQuota, endOnSignals } from '../src/containers/recipe.ts';

/** A tree like /sys/fs/cgroup, with the texts of its files. */
function treeOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'groups-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), `${content}\n`);
  }
  return root;
}

/** Files of version 1: a quota, in microseconds, of a period of 100,000. */
const version1 = (group: string, quota: number): Record<string, string> => ({
  [`cpu${group}/cpu.cfs_quota_us`]: String(quota),
  [`cpu${group}/cpu.cfs_period_us`]: '100000',
});

const NONE = Infinity;

test.each<[string, Record<string, string>, string, number]>([
  ['none where there are no groups', {}, '', NONE],
  ['of version 2', { 'app/cpu.max': '50000 100000' }, '0::/app', 0.5],
  ['of version 2 without a limit', { 'app/cpu.max': 'max 100000' }, '0::/app', NONE],
  ['of version 2, where a container sees its group at the root', { 'cpu.max': '150000 100000' }, '0::/', 1.5],
  ['of version 2 at the root, under another name', { 'cpu.max': '200000 100000' }, '0::/docker/4f1c', 2],
  ['of version 1', version1('/app', 50_000), '3:cpuset:/\n1:cpu,cpuacct:/app', 0.5],
  ['of version 1 without a limit', version1('/app', -1), '1:cpu:/app', NONE],
  ['of version 1, where a container sees its group at the root', version1('', 75_000), '1:cpu:/docker/4f1c', 0.75],
  ['not of another controller', { ...version1('/app', 50_000), 'app/cpu.max': '1 2' }, '1:cpuset:/app', NONE],
  ['with another period', { 'app/cpu.max': '5000 20000' }, '0::/app', 0.25],
  [
    'the least of a group and those above it',
    { 'a/cpu.max': '100000 100000', 'a/b/cpu.max': 'max 100000', 'a/b/c/cpu.max': '300000 100000' },
    '0::/a/b/c',
    1,
  ],
  ['the least of both versions', { ...version1('/a', 200_000), 'b/cpu.max': '300000 100000' }, '1:cpu:/a\n0::/b', 2],
  ['not of a group below', { 'a/b/cpu.max': '50000 100000' }, '0::/a', NONE],
  ['none where a file is empty or odd', { 'a/cpu.max': '', 'cpu.max': '0 0' }, '0::/a', NONE],
])('the quota is %s', (_, files, own, expected) => {
  const root = treeOf(files);
  expect(cpuQuota(root, own)).toBe(expected);
  expect(quotaOfLab(root, own) ?? NONE, 'as the lab reads it').toBe(expected);
});

test.each([
  [0.25, 1],
  [1, 1],
  [1.5, 2],
  [2, 2],
  [Infinity, Infinity],
])('a quota of %d is %d CPUs, and no more than the process may run on', (quota, expected) => {
  expect(availableCpus(quota)).toBe(Math.min(os.availableParallelism(), expected));
});

test('here it is what the lab says', () => {
  expect(availableCpus()).toBe(usableCores());
});

const noQuota = quotaLack();

test('under a real quota of half a CPU it is one, and os.cpus() has all', async ({ skip }) => {
  if (noQuota !== undefined) skip(noQuota);
  const seen = await see(0.5, AbortSignal.timeout(20_000));
  expect(seen).toMatchObject({ quota: 0.5, available: 1, cpus: os.cpus().length });
});

const noNamespace = namespaceLack();

test('PID 1 ignores SIGTERM without a handler, and keeps zombies; below an init neither is so', async ({ skip }) => {
  if (noNamespace !== undefined) skip(noNamespace);
  const [plain, handler, init] = await watchPrograms([
    ['plain', 'first'],
    ['handler', 'first'],
    ['plain', 'init'],
  ]);
  expect(plain).toEqual({ pid: 1, zombies: 3, ended: false, stopped: false });
  expect(handler).toEqual({ pid: 1, zombies: 3, ended: true, stopped: true });
  expect(init).toMatchObject({ zombies: 0, ended: true, stopped: false });
});

describe.skipIf(process.platform === 'win32')('a program that ends on signals', () => {
  const PROGRAM = new URL('./fixtures/ends-on-signals.ts', import.meta.url);

  async function ended(how: string, ...signals: readonly NodeJS.Signals[]) {
    const child = forkForTest(PROGRAM, [how], { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
    const output = Promise.all([text(child.stdout!), text(child.stderr!)]);
    const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
    await once(child, 'message');
    for (const signal of signals) child.kill(signal);
    const [status, signal] = await exited;
    const [stdout, stderr] = await output;
    return { status, signal, stdout, stderr };
  }

  test.each(['SIGTERM', 'SIGINT'] as const)('finishes what is under way on %s, and ends with 0', async (signal) => {
    expect(await ended('finishes', signal)).toEqual({ status: 0, signal: null, stdout: 'begun\ndone\n', stderr: '' });
  });

  test('finishes it once, however many signals come', async () => {
    const { status, stdout } = await ended('finishes', 'SIGTERM', 'SIGINT', 'SIGTERM');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'begun\ndone\n' });
  });

  test('ends with 1 and its error where that fails, also by a value that is no Error', async () => {
    expect(await ended('throws', 'SIGTERM')).toMatchObject({ status: 1, stderr: expect.stringContaining('no stop') });
    expect(await ended('rejects', 'SIGTERM')).toMatchObject({ status: 1, stderr: 'a string\n' });
  });

  test('ends with 1 where that comes to no end', async () => {
    expect(await ended('hangs', 'SIGTERM')).toMatchObject({ status: 1, stdout: 'begun\n' });
  });
});

test.each([0, -1, NaN, Infinity, 2 ** 31])('a limit of %d is refused, and no listener is left', (limit) => {
  const before = process.listenerCount('SIGTERM');
  expect(() => endOnSignals(() => {}, limit)).toThrow(
    `Expected \`limit\` to be ms above 0 and under 2 ** 31, got ${limit}`,
  );
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
