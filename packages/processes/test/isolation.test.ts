import { describe, expect, test } from 'vitest';
import { hasOwnGlobals } from '../src/isolation/proof/cells.ts';
import { startCrashableProcess, startCrashableThread } from '../src/isolation/proof/crash.ts';
import { runExperiment } from '../src/isolation/proof/experiment.ts';

const posix = process.platform !== 'win32';
const survived = { parent: 'exit code 0', siblingAnswers: true };
const died = { siblingAnswers: false, victim: undefined };

describe.runIf(posix)('what survives a crash', () => {
  test.each([
    ['process', 'uncaught error', { victim: 'exit code 1', ...survived }],
    ['process', 'abort()', { victim: 'SIGABRT', ...survived }],
    ['process', 'out of memory', { victim: expect.stringMatching(/^SIG(ABRT|TRAP|ILL)$/) as string, ...survived }],
    ['process', 'fatal signal', { victim: 'SIGABRT', ...survived }],
    ['thread', 'uncaught error', { victim: 'exit code 1', ...survived }],
    ['thread', 'abort()', { victim: 'exit code 1, ERR_WORKER_UNSUPPORTED_OPERATION', ...survived }],
    ['thread', 'out of memory', { victim: 'exit code 1, ERR_WORKER_OUT_OF_MEMORY', ...survived }],
    ['process', 'one growing Map', { victim: expect.stringMatching(/^SIG(ABRT|TRAP|ILL)$/) as string, ...survived }],
    ['thread', 'fatal signal', { parent: 'SIGABRT', ...died }],
    ['thread without a listener', 'uncaught error', { parent: 'exit code 1', ...died }],
    ['thread without a listener', 'out of memory', { parent: 'exit code 1', ...died }],
  ] as const)('%s, %s', async (where, crash, expected) => {
    const experiment = await runExperiment(where, crash);
    expect(experiment).toMatchObject(expected);
    expect(hasOwnGlobals(experiment)).toBe(true);
    expect(experiment.files, 'core dumps').toEqual([]);
  });
});

test('an experiment that is aborted leaves no process and rejects with the reason', async () => {
  await expect(runExperiment('process', 'uncaught error', AbortSignal.timeout(50))).rejects.toThrow('timeout');
});

test.each([
  ['process', startCrashableProcess],
  ['thread', () => startCrashableThread({ listen: true })],
] as const)('a global that a %s changes is unchanged here', async (_, start) => {
  globalThis.counter = 41;
  const runner = start();
  expect([await runner.ask('count'), await runner.ask('count')]).toEqual([1, 2]);
  expect(globalThis.counter).toBe(41);
  await runner.end();
  await runner.ended;
});

test('a runner that ends instead of answering rejects the question', async () => {
  const runner = startCrashableThread({ listen: true });
  await expect(runner.ask('uncaught error')).rejects.toThrow('the other side has ended');
  expect(await runner.ended).toBe('exit code 1');
});

test.each([
  ['process', startCrashableProcess],
  ['thread', () => startCrashableThread({ listen: true })],
] as const)(
  'questions to a %s at the same time get their own answers; after its end none is open',
  async (_, start) => {
    const runner = start();
    expect(await Promise.all([1, 2, 3].map(() => runner.ask('count')))).toEqual([1, 2, 3]);
    const open = [runner.ask('uncaught error'), runner.ask('count')];
    for (const question of open) await expect(question).rejects.toThrow('the other side has ended');
    await runner.ended;
    await expect(runner.ask('count')).rejects.toThrow('the other side has ended');
  },
);
