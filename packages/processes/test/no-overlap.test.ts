import { getEventListeners } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { readRecord, runTrials } from '../src/no-overlap/proof/repeats.ts';
import { ANY, oneInProcess, oneOnMachine, repeat } from '../src/no-overlap/recipe.ts';
import type { Gate } from '../src/no-overlap/recipe.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'no-overlap-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function newFile(): string {
  return path.join(folder, `lock-${files++}`);
}

function openGate(file = newFile()) {
  const gate = oneOnMachine(file);
  onTestFinished(() => gate.close());
  return gate;
}

/** Repeats until so many runs have begun; counts those that are under way at once. */
async function count(gates: readonly Gate[], runs: number, ms = 5) {
  const stop = new AbortController();
  let [begun, underWay, most, skipped] = [0, 0, 0, 0];
  const work = async (): Promise<void> => {
    most = Math.max(most, ++underWay);
    if (++begun >= runs) stop.abort();
    await sleep(ms);
    underWay--;
  };
  await Promise.all(gates.map((gate) => repeat(1, gate, work, { signal: stop.signal, onSkip: () => skipped++ })));
  return { begun, underWay, most, skipped };
}

test('without a gate runs are under way at once, and all have ended in the end', async () => {
  const { most, underWay } = await count([ANY], 20, 50);
  expect(most).toBeGreaterThan(1);
  expect(underWay).toBe(0);
});

describe.each<[string, () => Gate]>([
  ['of a process', () => oneInProcess()],
  ['of a machine', () => openGate()],
])('a gate %s', (_, open) => {
  test('lets one run begin at a time, and leaves the others out', async () => {
    const { most, skipped } = await count([open()], 10, 20);
    expect(most).toBe(1);
    expect(skipped).toBeGreaterThan(0);
  });

  test('lets one run begin at a time of two intervals that share it', async () => {
    const gate = open();
    expect((await count([gate, gate], 10)).most).toBe(1);
  });

  test('is left after work that throws, at once or later, whatever it throws: the next comes', async () => {
    const stop = new AbortController();
    const errors: unknown[] = [];
    const thrown = [new Error('later'), undefined, 'a word'];
    let runs = 0;
    const work = (): unknown => {
      if (++runs === 4) stop.abort();
      const error = thrown[runs - 1];
      // oxlint-disable-next-line typescript/only-throw-error
      if (runs === 2) throw error;
      return runs < 4 ? Promise.reject(error) : 'done';
    };
    await repeat(1, open(), work, { signal: stop.signal, onError: (error) => errors.push(error) });
    expect(errors).toEqual(thrown);
    expect(runs).toBe(4);
  });
});

describe('a gate of a machine', () => {
  test('lets in one of two that name the same file', () => {
    const file = newFile();
    const [one, other] = [openGate(file), openGate(file)];
    expect([one.enter(), other.enter(), one.enter()]).toEqual([true, false, false]);
    one.leave();
    expect([other.enter(), one.enter()]).toEqual([true, false]);
    other.close();
    expect(one.enter()).toBe(true);
    expect(openGate().enter(), 'of another file').toBe(true);
  });

  test('writes nothing, and leaves no other file', () => {
    const gate = openGate(path.join(mkdtempSync(path.join(folder, 'own-')), 'lock'));
    for (let n = 0; n < 1_000; n++) {
      expect(gate.enter()).toBe(true);
      gate.leave();
    }
    const own = readdirSync(folder).find((name) => name.startsWith('own-'))!;
    expect(readdirSync(path.join(folder, own))).toEqual(['lock']);
  });

  test('cannot be opened where there is no folder', () => {
    expect(() => oneOnMachine(path.join(folder, 'no-folder', 'lock'))).toThrow('unable to open database file');
  });

  test('that was closed is an error of each run, and does not stop the others', async () => {
    const gate = oneOnMachine(newFile());
    gate.close();
    const stop = new AbortController();
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void (errors.push(error) === 2 && stop.abort());
    await repeat(1, gate, () => expect.unreachable(), { signal: stop.signal, onError });
    expect(String(errors[0])).toContain('database is not open');
  });
});

test('two processes with a gate each have two runs at once; under the lock one, and after a kill the other goes on', async () => {
  const [each, locked] = await runTrials([
    { gate: 'process', processes: 2, runs: { each: 3 } },
    { gate: 'machine', processes: 2, runs: { all: 3 }, kill: true },
  ]);
  expect(each).toMatchObject({ most: 2, processes: 2 });
  expect(locked).toMatchObject({ most: 1, processes: 2 });
  expect(locked!.after).toBeGreaterThanOrEqual(2);
});

test('the record counts what is under way at once, and a kill ends what its process had', () => {
  const lines = ['begin 1', 'begin 2', 'end 1', 'begin 1', 'begin 1', 'kill 1', 'begin 2', 'end 2', 'end 2'];
  expect(readRecord(lines.join('\n'))).toEqual({ most: 3, runs: 5, processes: 2, cutOff: 2, after: 1 });
});

describe('a signal', () => {
  test('that has aborted lets nothing begin', async () => {
    await repeat(1, ANY, () => expect.unreachable(), { signal: AbortSignal.abort() });
  });

  test('reaches the work, which is waited for', async () => {
    const stop = new AbortController();
    let isOver = false;
    const work = async (signal: AbortSignal): Promise<void> => {
      stop.abort();
      expect(signal.aborted).toBe(true);
      await sleep(30);
      isOver = true;
    };
    await repeat(1, oneInProcess(), work, { signal: stop.signal });
    expect(isOver).toBe(true);
  });

  test('is left without a listener', async () => {
    const stop = new AbortController();
    let runs = 0;
    const work = (): void => void (++runs === 1_000 && stop.abort());
    await Promise.all([1, 2, 3].map(() => repeat(1, ANY, work, { signal: stop.signal })));
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });
});

test.each([0, NaN, Infinity, 2 ** 31])('an interval of %d ms is refused', async (every) => {
  const { signal } = new AbortController();
  await expect(repeat(every, ANY, () => {}, { signal })).rejects.toThrow(
    `Expected \`every\` to be 1 to 2147483647 ms, got ${every}`,
  );
});
