import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { coresOf, openGroup, whyNoGroups } from '../../src/cgroups/group.ts';
import { runIn } from '../../src/cgroups/setting.ts';
import { isAlive } from '../../src/host/alive.ts';

const why = whyNoGroups();

test.each([
  ['0', [0]],
  ['0-2,5', [0, 1, 2, 5]],
])('%s names the cores %j', (list, cores) => {
  expect(coresOf(list)).toEqual(cores);
});

test('where there are no controllers no group can be made, and it is said why', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'no-groups-'));
  mkdirSync(path.join(root, 'cpu'));
  expect(whyNoGroups(root)).toMatch(/^(only root|control groups are Linux's|.* has no controllers)/);
  rmSync(root, { recursive: true });
});

test('a group has a process in it, ends it where it does not end itself, and is gone', async ({ skip }) => {
  if (why !== undefined) skip(why);
  const group = await openGroup({ quota: 0.5, cores: 1 });
  const folders = group.entries.map((file) => path.dirname(file));
  expect(folders.every((folder) => existsSync(folder))).toBe(true);
  await group.close();
  expect(folders.some((folder) => existsSync(folder))).toBe(false);

  const setting = { name: 'both', quota: 0.5, cores: 1, nice: 19 };
  const program = new URL('../fixtures/in-group.ts', import.meta.url);
  const { status, stdout, stderr } = await runIn(setting, program, [], AbortSignal.timeout(25_000));
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const seen = JSON.parse(stdout) as { quota: number; cores: number; nice: number; child: number };
  expect(seen).toMatchObject({ quota: 0.5, cores: 1, nice: 19 });
  expect(isAlive(seen.child)).toBe(false);
});

test('a group that comes first has the greatest weight', async ({ skip }) => {
  if (why !== undefined) skip(why);
  const group = await openGroup({ quota: 1, first: true });
  try {
    const [folder] = group.entries.map((file) => path.dirname(file)) as [string];
    const file = ['cpu.weight', 'cpu.shares'].find((name) => existsSync(path.join(folder, name)))!;
    expect(Number(readFileSync(path.join(folder, file), 'latin1'))).toBe(file === 'cpu.weight' ? 10_000 : 262_144);
  } finally {
    await group.close();
  }
});

test('a group is gone, with what runs in it, when its program ends without closing it', ({ skip }) => {
  if (why !== undefined) skip(why);
  const program = fileURLToPath(new URL('../fixtures/exits-in-group.ts', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 20_000 });
  expect(status).toBe(0);
  const { entries, pid } = JSON.parse(stdout) as { entries: string[]; pid: number };
  expect(entries.filter((file) => existsSync(path.dirname(file)))).toEqual([]);
  expect(isAlive(pid)).toBe(false);
});
