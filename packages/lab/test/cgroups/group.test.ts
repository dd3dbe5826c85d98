import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
