// Names whose name server is silent, beside healthy ones.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { withFolder } from '@cookbook/lab/cleanup';
import { expect, test } from 'vitest';
import { endWithTest } from '../../../lab/test/ends-with-test.ts';
import { checkServers, readTarget } from '../../src/server-status/index.ts';
import { openHttp } from '../../src/server-status/known-servers/servers.ts';
import { withResolve } from '../../src/server-status/steps/names.ts';

const MAIN = fileURLToPath(new URL('../../src/server-status/main.ts', import.meta.url));
const SILENT = new URL('./silent-names-child.ts', import.meta.url).href;

const MAKE_PIPE = 'mkfifo';

const silent = (count: number): string[] => Array.from({ length: count }, (_, n) => `host-${n}.silent.test`);

// Windows has no such pipes.
test.skipIf(process.platform === 'win32')(
  'silent names hold up neither a healthy one nor the end of the program',
  { timeout: 60_000 },
  async () => {
    await withFolder('server-status', async (folder) => {
      const server = await openHttp((_, answer) => answer.end());
      const pipe = join(folder, 'pipe');
      expect(spawnSync(MAKE_PIPE, [pipe]).status).toBe(0);
      const hosts = [...silent(8), `http://localhost:${server.port}`];
      const child = endWithTest(
        spawn(process.execPath, [MAIN, '--json', '--timeout', '3', ...hosts], {
          env: { ...process.env, NODE_OPTIONS: `--import ${SILENT}`, SILENT_PIPE: pipe },
        }),
      );
      child.stdin.end();
      const [out] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      await server.close();
      const { servers } = JSON.parse(out) as { servers: { state: string }[] };
      expect(servers.map(({ state }) => state)).toEqual([...silent(8).map(() => 'dns-failed'), 'up']);
    });
  },
);

test('the names of many servers are those of the system', async () => {
  const server = await openHttp((_, answer) => answer.end());
  const targets = [`http://localhost:${server.port}`, 'http://missing.invalid', `http://localhost:${server.port}`];
  const statuses = await checkServers(targets.map(readTarget), { concurrency: 2, timeout: 30_000 });
  await server.close();
  expect(statuses.map(({ state }) => state).toSpliced(1, 1)).toEqual(['up', 'up']);
  expect(statuses[1]!.state).toMatch(/^(no-such-name|dns-failed)$/); // without a network no name server says so
});

test('a look-up is given up when it is aborted, and after the process for it has ended', async () => {
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  const looking = withResolve(['localhost'], undefined, 1, stop.signal, async (resolve) => resolve('localhost'));
  await expect(looking).rejects.toThrow('enough');
  const late = await withResolve(['localhost'], undefined, 1, undefined, async (resolve) => ({ resolve }));
  await expect(late.resolve('localhost')).rejects.toThrow();
});
