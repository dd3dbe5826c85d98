import type { Trial } from '../../src/speedup/speedup.ts';
import { expect, test } from 'vitest';
import { judgeWork } from '../../src/speedup/verdict.ts';

const trial: Trial = {
  potential: 1.95,
  observed: 1.9,
  cpuRatio: 1,
  inflation: 1,
  ceiling: 2,
  waitingShare: 0.01,
  idleCores: 0,
  foreignCores: 0,
};

const judge = (change: Partial<Trial>) =>
  judgeWork({ lanes: 2, cores: 2, trials: Array.from({ length: 5 }, () => ({ ...trial, ...change })) });

test('lanes that run in parallel hold', () => {
  expect(judge({})).toEqual({ verdict: 'holds' });
});

test('on a quiet host, lanes that take turns are refuted', () => {
  expect(judge({ potential: 1.02, observed: 0.98 }).verdict).toBe('refuted');
});

test('where other programs had the cores, they are not', () => {
  const { verdict, reason } = judge({ potential: 1.1, observed: 0.6, waitingShare: 0.45 });
  expect(verdict).toBe('inconclusive');
  expect(reason).toMatch(/^potential speedup 1.10x, .*; other programs had the cores 45 % of the time$/);
});

test('nor where the same work took more CPU time side by side', () => {
  const { verdict, reason } = judge({ potential: 1.1, observed: 1, cpuRatio: 1.6 });
  expect(verdict).toBe('inconclusive');
  expect(reason).toContain('1.60x the CPU time side by side');
});
