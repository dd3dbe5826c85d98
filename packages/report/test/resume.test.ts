import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../src/run/arguments.ts';
import { findCutShort } from '../src/run/resume.ts';
import type { Kept } from '../src/results/store.ts';
import { made, madeHost } from './made.ts';

const file = new URL('file:///somewhere/results/2026-01-01T00-00-00Z.json');
const cut: Kept = { file, results: made({ finished: undefined }) };
const done: Kept = { file: new URL('file:///somewhere/results/2026-01-02T00-00-00Z.json'), results: made() };
const plan = { chapters: cut.results.chapters };
const name = 'results/2026-01-01T00-00-00Z.json';

test('the latest run that was cut short is gone on with, whatever was finished since', () => {
  expect(findCutShort([done, cut], undefined, madeHost, plan)).toBe(cut);
  expect(findCutShort([done, cut], EVERYTHING, { ...madeHost, load: 7, date: '2026-02-02T00:00:00Z' }, plan)).toBe(cut);
});

describe('it is refused in one line', () => {
  test('where nothing was cut short', () => {
    expect(() => findCutShort([done], undefined, madeHost, plan)).toThrow(
      'Expected --resume after a run that was cut short, found none',
    );
  });

  test.each([
    [{ node: 'v20.0.0' }, `Expected --resume on what ${name} began with, node v26.10.0, got v20.0.0`],
    [{ cores: 4 }, `Expected --resume on what ${name} began with, cores 2, got 4`],
    [{ quota: 1.5 }, `Expected --resume on what ${name} began with, quota none, got 1.5`],
  ])('on another host: %j', (change, line) => {
    expect(() => findCutShort([cut], undefined, { ...madeHost, ...change }, plan)).toThrow(line);
  });

  test('for another selection', () => {
    expect(() => findCutShort([cut], { ...EVERYTHING, quick: true }, madeHost, plan)).toThrow(
      `Expected --resume of what ${name} began with, 'pnpm start', got 'pnpm start --quick'`,
    );
  });

  test('where a claim is new, or gone', () => {
    const [first, ...others] = plan.chapters;
    const more = { ...first!, sections: [...first!.sections, { title: 'New', claims: ['threads/new'] }] };
    expect(() => findCutShort([cut], undefined, madeHost, { chapters: [more, ...others] })).toThrow(
      `Expected --resume with the claims of ${name}, but threads/new is new`,
    );
    expect(() => findCutShort([cut], undefined, madeHost, { chapters: others })).toThrow(
      `Expected --resume with the claims of ${name}, but threads/kill is gone`,
    );
  });
});
