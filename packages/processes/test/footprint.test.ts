import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAlive } from '@cookbook/lab/host';
import { afterAll, describe, expect, test } from 'vitest';
import { openHost } from '../src/footprint/proof/hosts.ts';
import type { Host } from '../src/footprint/proof/hosts.ts';
import { MEASURE, memoryOf, parseResident, parseRollup } from '../src/footprint/proof/memory.ts';
import type { Memory } from '../src/footprint/proof/memory.ts';
import { KINDS, start } from '../src/footprint/recipe.ts';

const hosts: Host[] = [];
afterAll(() => Promise.all(hosts.map((host) => host.close())));

async function open(cache?: string): Promise<Host> {
  const host = await openHost(cache);
  hosts.push(host);
  return host;
}

describe('the memory of a process', () => {
  test('is read from the sums over its mappings', () => {
    const text = `5564-7ffc ---p 00000000 00:00 0   [rollup]
Rss:               51200 kB
Pss:               20480 kB
Pss_Dirty:          9999 kB
Private_Clean:      1024 kB
Private_Dirty:      9216 kB
`;
    expect(parseRollup(text)).toEqual({ private: 10, proportional: 20 });
    expect(() => parseRollup('Pss: 1 kB')).toThrow('Expected smaps_rollup to have a line Private_Clean, got none');
  });

  test.each([
    ['  51200\n', 51_200],
    ['"node.exe","4711","Console","1","51,200 K"\r\n', 51_200],
    ['"node.exe","4711","Console","1","51.200 K"\r\n', 51_200],
  ])('is read from %j', (stdout, kiB) => {
    expect(parseResident(stdout)).toBe(kiB);
  });

  test('is refused where no number was printed', () => {
    expect(() => parseResident('INFO: No tasks')).toThrow('Expected a resident set in kB');
  });

  test('grows by what the process touches', async () => {
    const before = await memoryOf([process.pid]);
    const touched = Buffer.alloc(64 * 2 ** 20, 1);
    const after = await memoryOf([process.pid]);
    expect(after.private - before.private).toBeGreaterThan(50);
    expect(touched[1]).toBe(1);
  });

  test.runIf(process.platform === 'linux')('is known exactly on Linux', () => expect(MEASURE).toBe('set'));
});

test.each(KINDS)('a %s starts, waits, and is gone at its end', async (kind) => {
  const resident = await start(kind);
  expect(resident.pid === undefined).toBe(kind !== 'process');
  if (resident.pid !== undefined) expect(isAlive(resident.pid)).toBe(true);
  await resident.end();
  if (resident.pid !== undefined) expect(isAlive(resident.pid)).toBe(false);
});

describe('a host', () => {
  test.each(['thread', 'process'] as const)(
    'takes more memory with every further %s, about as much each',
    async (kind) => {
      const host = await open();
      const [one, two, four] = await host.ask<Memory[]>({ grow: kind, counts: [1, 2, 4] });
      expect(one!.private).toBeGreaterThan(1);
      expect(two!.private / one!.private).toBeCloseTo(2, 0);
      expect(four!.private / one!.private).toBeCloseTo(4, 0);
    },
  );

  test('takes hardly more for 1,000 async tasks than for one', async () => {
    const host = await open();
    const [, thousand] = await host.ask<Memory[]>({ grow: 'async task', counts: [1, 1_000] });
    expect(thousand!.private).toBeLessThan(20);
  });

  test('with a cache fills that folder, and its residents fill it too; one without leaves none', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'footprint-'));
    const host = await open(folder);
    expect(await host.ask<number>({ time: 'process' })).toBeGreaterThan(1);
    expect(readdirSync(folder, { recursive: true }).length).toBeGreaterThan(1);
    await host.close();
    rmSync(folder, { recursive: true });
  });

  test('that ends without an answer rejects the question', async () => {
    const host = await open();
    const answer = host.ask({ grow: 'thread', counts: [1_000] });
    const closed = host.close();
    await expect(answer).rejects.toThrow('Expected an answer of the host');
    await closed;
  });
});
