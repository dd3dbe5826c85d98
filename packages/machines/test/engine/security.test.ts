import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgres, postgresLack, urlOf } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runToEnd } from '../../../lab/test/run-program.ts';
import { distribute } from '../../src/distribute/distribute.ts';
import { backendOf } from '../../src/queue/connection.ts';
import { insist, isAway } from '../../src/queue/insist.ts';
import { wordsOf } from '../../src/queue/reach.ts';
import { openRuns, queueOf } from '../../src/queue/runs.ts';
import { nameTask } from '../../src/queue/task-file.ts';
import { marksForTest, startWorkerForTest, TASK, TASKS } from './rig.ts';

const worker = new URL('../../src/worker/main.ts', import.meta.url);
const command = new URL('../../src/distribute/main.ts', import.meta.url);
const SECRET = 'hunter2-%40-secret';

describe.runIf(postgresLack('') === undefined)('on a PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await openPostgres({ databaseUrl: '' });
  });
  afterAll(() => postgres?.close());

  test('a job that names a file outside of the folder fails, and the file is not loaded', async () => {
    const url = urlOf(postgres.connection);
    const marks = marksForTest();
    await startWorkerForTest(url, { tasks: new URL('../copied', import.meta.url).pathname, marks: marks.file });
    const backend = backendOf(url);
    const queue = backend.openQueue<unknown, unknown>(queueOf('forged'));
    const runs = openRuns(backend);
    const outside = await nameTask(new URL('../fixtures/outside.ts', import.meta.url), TASKS);
    const data = { task: { ...outside, path: '../fixtures/outside.ts' }, first: 0, inputs: [1], had: 0 };
    await queue.addBulk(
      [data, { ...data, task: null }].map((each, n) => ({ name: 'x', data: each, opts: { jobId: `part-${n}` } })),
    );
    await runs.announce('forged');
    while ((await queue.getFailedCount()) < 2) await sleep(20);
    const reasons = await Promise.all([0, 1].map(async (n) => (await queue.getJob(`part-${n}`))!.failedReason));
    expect(reasons[0]).toContain('Expected the task to be a file below the folder of this worker');
    expect(reasons[1]).toContain('Expected a job of `distribute`');
    expect(marks.read()).toEqual([]);
    await runs.withdraw('forged');
    await queue.obliterate({ force: true });
    await Promise.all([queue.close(), runs.close()]);
  });

  test('a password that is refused is not repeated', async () => {
    const { host, port } = postgres.connection;
    const url = `postgres://nobody:${SECRET}@${encodeURIComponent(host!)}:${port}/none`;
    const error = await distribute(TASK, [1], { connection: url, tasks: TASKS }).catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(/^The database that `connection` names refuses: .*nobody/);
    expect(JSON.stringify([error, (error as Error).stack, String((error as Error).cause)])).not.toMatch(/hunter2/);
  });
});

test.each([
  ['mysql://me:secret@host/db', 'got mysql:...'],
  ['me:secret', 'got me:...'],
  ['/var/secret', 'got something else'],
])('the connection %s is refused without being repeated', async (connection, got) => {
  const message = `Expected \`connection\` to be like postgres://user@host/database or redis://host, ${got}`;
  expect(() => backendOf(connection)).toThrow(new TypeError(message));
  await expect(distribute(TASK, [1], { connection, tasks: TASKS })).rejects.toThrow(message);
});

test.each([
  ['postgres', 'ECONNREFUSED'],
  ['redis', 'no answer within 10 s'],
])(
  'a %s that is not there is reported by both commands in one line, with status 2 and without the password',
  async (protocol, reason) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const url = `${protocol}://me:${SECRET}@127.0.0.1:${port}/0`;
    const ended = await Promise.all([
      runToEnd(worker, ['--connection', url, '--tasks', TASKS]),
      runToEnd(command, [
        new URL(TASK).pathname,
        new URL('../fixtures/three.jsonl', import.meta.url).pathname,
        '--connection',
        url,
        '--tasks',
        TASKS,
      ]),
    ]);
    for (const { code, stdout, stderr } of ended) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^The database that `connection` names refuses: .*\n$/);
      expect(stderr).toContain(reason);
      expect(stderr).not.toMatch(/hunter2|:\/\//);
    }
  },
);

test('drivers that repeat the connection are not passed on', () => {
  const { scrub } = backendOf(`postgres://me:${SECRET}@host/db`);
  expect(scrub(`cannot reach postgres://me:${SECRET}@host/db as hunter2-@-secret`)).toBe('cannot reach *** as ***');
});

describe('a database that is away is asked again, one that refuses is not', () => {
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

  test('until it answers', async () => {
    let asked = 0;
    expect(await insist(() => (++asked < 4 ? Promise.reject(away) : Promise.resolve(asked)))).toBe(4);
  });

  test('until patience is at its end', async () => {
    await expect(insist(() => Promise.reject(away), { patience: 100 })).rejects.toBe(away);
  });

  test('not where the signal aborts, even while it does not answer', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(insist(() => new Promise(() => {}), { signal: stop.signal })).rejects.toThrow('enough');
  });

  test('not where it is another error', async () => {
    let asked = 0;
    const refused = Object.assign(new Error('permission denied'), { code: '42501' });
    await expect(insist(() => Promise.reject((asked++, refused)))).rejects.toBe(refused);
    expect(asked).toBe(1);
  });

  test.each([
    [{ code: '57P01', message: 'terminating connection due to administrator command' }, true],
    [{ code: '57P03', message: 'the database system is starting up' }, true],
    [{ message: 'Connection terminated unexpectedly' }, true],
    [{ message: 'Connection is closed.' }, true],
    [{ message: '', errors: [away, away] }, true],
    [{ code: '28P01', message: 'password authentication failed' }, false],
    [{ message: 'relation "job" does not exist' }, false],
  ])('%j is away: %s', (error, expected) => {
    expect(isAway(error)).toBe(expected);
  });

  test('an error without words has its code, or those of its first part', () => {
    expect(wordsOf({ message: '', code: 'ECONNREFUSED' })).toBe('ECONNREFUSED');
    expect(wordsOf({ message: '', errors: [away] })).toBe('connect ECONNREFUSED');
  });
});
