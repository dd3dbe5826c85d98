import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cpuQuota, readHost, usableCores } from '../../src/host/host.ts';
import { waitingTime } from '../../src/task/clock.ts';
import { describeHost } from '../../src/show/wording.ts';

describe('the quota of a control group', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'cgroup-'));
    await mkdir(path.join(root, 'v1', 'cpu'), { recursive: true });
    await mkdir(path.join(root, 'v2'));
    await mkdir(path.join(root, 'unlimited'));
    await writeFile(path.join(root, 'v1/cpu/cpu.cfs_quota_us'), '150000\n');
    await writeFile(path.join(root, 'v1/cpu/cpu.cfs_period_us'), '100000\n');
    await writeFile(path.join(root, 'v2/cpu.max'), '50000 100000\n');
    await writeFile(path.join(root, 'unlimited/cpu.max'), 'max 100000\n');
    await mkdir(path.join(root, 'nested/user.slice/mine'), { recursive: true });
    await mkdir(path.join(root, 'nested/cpu/batch'), { recursive: true });
    await writeFile(path.join(root, 'nested/user.slice/cpu.max'), '75000 100000\n');
    await writeFile(path.join(root, 'nested/user.slice/mine/cpu.max'), 'max 100000\n');
    await writeFile(path.join(root, 'nested/cpu/batch/cpu.cfs_quota_us'), '25000\n');
    await writeFile(path.join(root, 'nested/cpu/batch/cpu.cfs_period_us'), '100000\n');
  });
  afterAll(() => rm(root, { recursive: true }));

  test.each([
    ['v1', 1.5],
    ['v2', 0.5],
    ['unlimited', undefined],
    ['absent', undefined],
  ])('%s: %s cores', (folder, quota) => {
    expect(cpuQuota(path.join(root, folder), '0::/\n')).toBe(quota);
  });

  test.each([
    ['a slice of version 2', '0::/user.slice/mine', 0.75],
    ['a group of version 1', '4:memory:/other\n3:cpu,cpuacct:/batch\n2:cpuset:/', 0.25],
    ['both, of which the lesser counts', '0::/user.slice/mine\n3:cpuacct,cpu:/batch', 0.25],
    ['a group that is not shown here', '0::/docker/3f', undefined],
    ['a group of cores only', '3:cpuset:/batch', undefined],
  ])('of %s', (_, groups, quota) => {
    expect(cpuQuota(path.join(root, 'nested'), groups)).toBe(quota);
  });
});

test('a quota of one core and a half lets two lanes run at once, for some of the time', () => {
  expect(usableCores(1.5)).toBe(Math.min(2, os.availableParallelism()));
  expect(usableCores(0.5)).toBe(1);
});

test('the host describes itself in one line without a path of it', async () => {
  const host = await readHost();
  expect(host.cores).toBe(usableCores());
  expect(host.parallelism.measured).toBeLessThanOrEqual(host.parallelism.tried);
  expect(describeHost(host)).toContain(`Node ${process.version}`);
  expect(describeHost(host)).not.toContain(os.homedir());
});

test('fewer usable cores than the machine has are reported', async () => {
  const host = { ...(await readHost()), cores: 1, coresOfMachine: 8, quota: 0.5 };
  expect(describeHost(host)).toContain('1 of 8 cores usable, quota of 0.50');
});

test('waiting time is unknown, not zero, where the system does not report it', () => {
  expect(waitingTime('/no/such/file')).toBeUndefined();
  expect(waitingTime(new URL(import.meta.url).pathname)).toBeUndefined();
});
