import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { descendants, goneAfter } from '@cookbook/lab/host';
import { openPostgres, postgresLack, urlOf } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endWithTest } from '../../../lab/test/ends-with-test.ts';
import { runToEnd, start } from '../../../lab/test/run-program.ts';
import { distribute } from '../../src/distribute/distribute.ts';
import { marksForTest, orders, startWorkerForTest, TASK, TASKS, tripled } from './rig.ts';

const command = new URL('../../src/distribute/main.ts', import.meta.url);
const worker = new URL('../../src/worker/main.ts', import.meta.url);
const master = new URL('../fixtures/master.ts', import.meta.url);
const inputs = fileURLToPath(new URL('../fixtures/three.jsonl', import.meta.url));
const task = fileURLToPath(TASK);
const posix = process.platform !== 'win32';

/** Its stdin is what it reads, and no lifeline: where this process is killed, it ends a minute after its database. */
async function runWithInput(args: readonly string[], input: string, env: NodeJS.ProcessEnv) {
  const child = endWithTest(spawn(process.execPath, [fileURLToPath(command), ...args], { stdio: 'pipe', env }));
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number, stdout, stderr };
}

describe.runIf(postgresLack('') === undefined)('on a PostgreSQL', () => {
  let postgres: Postgres;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    postgres = await openPostgres({ databaseUrl: '' });
    env = { ...process.env, MACHINES_CONNECTION: urlOf(postgres.connection) };
  });
  afterAll(() => postgres?.close());

  test('distribute prints a line of JSON for each input, in their order, or one document', async () => {
    await startWorkerForTest(env['MACHINES_CONNECTION']!);
    const lines = await runToEnd(command, [task, inputs, '--tasks', TASKS], { env });
    expect(lines).toMatchObject({ code: 0, stderr: '' });
    const parsed = lines.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(parsed).toEqual([0, 1, 2].map((index) => ({ index, output: 3 * index })));
    const { stdout } = await runToEnd(command, [task, inputs, '--tasks', TASKS, '--json'], { env });
    expect(JSON.parse(stdout)).toEqual({ results: [0, 3, 6], failed: [], resumed: 0 });
  });

  test('distribute reads stdin, and ends with 1 where an input was given up', async () => {
    await startWorkerForTest(env['MACHINES_CONNECTION']!);
    const lines = '{"n":4}\n\n{"n":5,"fails":"always"}\n';
    const { code, stdout } = await runWithInput([task, '--tasks', TASKS, '--attempts', '2'], lines, env);
    expect(code).toBe(1);
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(first).toEqual({ index: 0, output: 12 });
    expect(second).toEqual({ index: 1, error: 'RangeError: cannot do 1', attempts: 2 });
  });

  test('inputs that are no JSON are named by their line', async () => {
    const { code, stderr } = await runWithInput([task, '--tasks', TASKS], '{"n":4}\n{"n":\n', env);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `Expected line 2 of the inputs to be JSON, got '{"n":'\n` });
  });

  test('a run whose master is killed goes on under its name, and does only the rest', async () => {
    const marks = marksForTest();
    await startWorkerForTest(env['MACHINES_CONNECTION']!, { marks: marks.file });
    const running = start(master, ['killed'], { env });
    await running.output(/\b[4-6]\d done/);
    running.child.kill('SIGKILL');
    await running.ended;
    const connection = env['MACHINES_CONNECTION']!;
    const again = await distribute(
      TASK,
      orders(100, () => ({ wait: 5 })),
      { connection, tasks: TASKS, batch: 4, name: 'killed' },
    );
    expect(again.results).toEqual(tripled(100));
    expect(again.resumed).toBeGreaterThanOrEqual(40);
    expect(marks.read()).toHaveLength(100);
  });

  test.runIf(posix).each(['SIGKILL', 'SIGTERM'] as const)(
    'nothing is left of a worker that ends by %s while its lanes compute',
    async (signal) => {
      const one = await startWorkerForTest(env['MACHINES_CONNECTION']!, { lanes: 2 });
      const stop = new AbortController();
      const running = distribute(
        TASK,
        orders(4, () => ({ compute: 1_500 })),
        {
          connection: env['MACHINES_CONNECTION']!,
          tasks: TASKS,
          signal: stop.signal,
        },
      );
      running.catch(() => {});
      let lanes: number[] = [];
      while (lanes.length < 2) lanes = await descendants(one.child.pid!);
      one.child.kill(signal);
      await one.ended;
      for (const lane of lanes) expect(await goneAfter(lane, 5_000)).toBeDefined();
      stop.abort(new Error('enough'));
      await expect(running).rejects.toThrow('enough');
    },
  );
});

test.each([
  ['worker', worker, [], 'Expected --connection or the variable MACHINES_CONNECTION, got neither'],
  [
    'worker',
    worker,
    ['--connection', 'mysql://me:secret@host'],
    'Expected --connection to be like postgres://user@host/database or redis://host, got mysql:...',
  ],
  [
    'worker',
    worker,
    ['--connection', 'redis://host', '--lanes', '0'],
    "Expected --lanes to be an integer from 1 to 1024, got '0'",
  ],
  [
    'worker',
    worker,
    ['--connection', 'redis://host', '--tasks', 'nowhere'],
    "Expected --tasks to be a folder, got 'nowhere'",
  ],
  ['distribute', command, ['nowhere.ts'], "Expected a file that can be read, got 'nowhere.ts'"],
  ['distribute', command, [task, inputs, '--batch', 'many'], "Expected --batch to be an integer from 1 up, got 'many'"],
  [
    'distribute',
    command,
    [task, inputs, '--connection', 'redis://host', '--name', '../x'],
    'Expected `name` to be a letter and up to 39 letters, digits, - and _, got "../x"',
  ],
] as const)('%s refuses by one line and status 2: $3', async (_name, program, args, message) => {
  const { MACHINES_CONNECTION: _connection, ...bare } = process.env;
  expect(await runToEnd(program, [...args], { env: bare })).toEqual({
    code: 2,
    signal: null,
    stdout: '',
    stderr: `${message}\n`,
  });
});

test('both commands have help with examples', async () => {
  for (const program of [worker, command]) {
    const { code, stdout } = await runToEnd(program, ['--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:/);
  }
});
