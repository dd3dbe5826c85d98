import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { unifiedDiff } from '../src/readme/diff.ts';
import { frontPage, raceBlock, realityDrawing, realityRow, waysOf } from '../src/readme/front-page.ts';
import { madeCores } from './fixtures/page-results.ts';
import { made, madeClaim, madeFigure } from './made.ts';
import { runToEnd, temporaryFolder } from './run-program.ts';
import type { Ended } from './run-program.ts';

const CLAIMS = ['one/first', 'one/second', 'two/before', 'two/endless', 'two/after'];
const EMPTY = '# Title\n\n<!-- begin:verdicts -->\n<!-- end:verdicts -->\n\nrest\n';

describe('the verdicts in the READMEs', () => {
  let folder = '';
  const file = (chapter: string): string => path.join(folder, `${chapter}.md`);
  const readme = (...args: string[]): Promise<Ended> =>
    runToEnd('endless', folder, ['readme', ...args], { READMES: folder });

  beforeEach(() => {
    folder = temporaryFolder();
    for (const chapter of ['one', 'two']) writeFileSync(file(chapter), EMPTY);
  });

  function putResults(day: string, ids: readonly string[]): void {
    const results = made({ claims: ids.map((id) => madeClaim(id)) });
    writeFileSync(path.join(folder, `2026-01-${day}T00-00-00Z.json`), JSON.stringify(results));
  }

  test('are written for the chapters that a run has in full; the others are left alone', async () => {
    putResults('01', CLAIMS.slice(2));
    const { code, stdout, stderr } = await readme('--write');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(
      /^Left alone: \S+one\.md verdicts, which takes a run of all its claims, on a quiet machine\n$/,
    );
    expect(readFileSync(file('one'), 'utf8')).toBe(EMPTY);
    const written = readFileSync(file('two'), 'utf8');
    expect(written).toContain('Measured on Made-up CPU, 2 cores');
    expect(written).toContain(
      '## All\n\n- ✓ [Does it hold?](src/before)\\\n  It holds.\n  - speedup: 1.90x [1.80, 2]\n- ✓ [Does it hold?](src/endless)',
    );
    expect(written).toMatch(/^# Title\n\n<!-- begin:verdicts -->\n\nMeasured on .*<!-- end:verdicts -->\n\nrest\n$/s);
  });

  test('agree with the claims once they are written, and a row that does not is shown as a diff', async () => {
    putResults('01', CLAIMS);
    await readme('--write');
    expect(await readme('--check')).toMatchObject({ code: 0, stdout: '2 parts of READMEs agree with the claims\n' });

    const written = readFileSync(file('two'), 'utf8');
    const check = async (from: string, to: string): Promise<Ended> => {
      writeFileSync(file('two'), written.replace(from, to));
      return readme('--check');
    };
    expect((await check('speedup: 1.90x', 'speedup: 1.70x')).code).toBe(0);

    const stale = await check('](src/after)\\\n  It holds.', '](src/after)\\\n  It held.');
    expect(stale.code).toBe(1);
    expect(stale.stderr).toBe('1 of 2 parts of READMEs are stale. Run: pnpm start, then pnpm readme --write\n');
    const [name, , place, ...lines] = stale.stdout.trimEnd().split('\n');
    expect(name).toMatch(/^--- \S+two\.md verdicts$/);
    expect(place).toBe('@@ -10 +10 @@');
    expect(lines).toEqual([
      '   - speedup: 1.90x [1.80, 2]',
      ' - ✓ [Does it hold?](src/after)\\',
      '-  It held.',
      '+  It holds.',
      '   - speedup: 1.90x [1.80, 2]',
    ]);
  });

  test('that were never written are stale', async () => {
    const { code, stdout } = await readme('--check');
    expect(code).toBe(1);
    expect(stdout).toContain('+Not measured yet.');
    expect(stdout).toContain('+- · [Does it hold?](src/before)\\');
  });
});

test('a diff has the lines around every change, each place with its numbers', () => {
  const lines = Array.from({ length: 12 }, (_, n) => `line ${n + 1}`);
  const changed = lines.with(2, 'third').toSpliced(10, 0, 'new');
  expect(unifiedDiff('a', lines.join('\n'), changed.join('\n')).split('\n')).toEqual([
    '--- a',
    '+++ a',
    '@@ -1 +1 @@',
    ' line 1',
    ' line 2',
    '-line 3',
    '+third',
    ' line 4',
    ' line 5',
    '@@ -9 +9 @@',
    ' line 9',
    ' line 10',
    '+new',
    ' line 11',
    ' line 12',
  ]);
});

describe('the front page', () => {
  const run = { host: made().host, claims: [madeClaim('threads/race', { headline: 'They lost 37 % of the counts.' })] };
  const file = new URL('file:///README.md');
  const recipe =
    "  /** Loses. */\n  '++'(memory) {\n    memory[0]++;\n  },\n\n  /** Keeps. */\n  add(memory) {\n  },\n";
  const figures = ['async', 'threads', 'processes'].map((key, index) => madeFigure(`${key}-observed`, 1 + index / 2));
  const reality = madeClaim('processes/reality-check', { figures, plots: [madeCores] });

  test('has lines of the recipe of race itself and the line that it printed; only the former can be stale', () => {
    const block = raceBlock(file, waysOf(recipe, ['++']));
    const text = block.measuredIn(run)!;
    expect(text).toBe(
      "```ts\n/** Loses. */\n'++'(memory) {\n  memory[0]++;\n},\n```\n\n```text\n✓ race  They lost 37 % of the counts.  packages/threads/src/race\n```",
    );
    expect(block.refresh(text.replace('37 %', '40 %'))).toContain('lost 40 % of');
    expect(raceBlock(file, 'other()').refresh(text)).toContain('other()\n```\n\n```text\n✓ race');
    expect(() => waysOf(recipe, ['--'])).toThrow("Expected the recipe of threads/race to have a way of counting '--'");
  });

  test('has eight lines of race', async () => {
    const root = new URL('../../../', import.meta.url);
    const [race] = await frontPage(root);
    const [, code] = /```ts\n(.*?)\n```/s.exec(race!.refresh(''))!;
    expect(code!.split('\n').filter(Boolean)).toHaveLength(8);
    expect(code).toContain('memory[COUNTER]!++');
    expect(code).toContain('Atomics.add(memory, COUNTER, 1)');
  });

  test('has the reality check in a row, picked by key, with host and date', () => {
    const row = realityRow(reality, run);
    expect(row.split('\n')[1]).toBe('async tasks 1.0x | worker threads 1.5x | processes 2.0x');
    expect(row).toContain('Measured on Made-up CPU, 2 cores');
    expect(() => realityRow({ ...reality, figures: [] }, run)).toThrow("Expected a figure 'async-observed', got none");
  });

  test('shows no reality check of a busy machine', async () => {
    const [, row] = await frontPage(new URL('../../../', import.meta.url));
    expect(row!.measuredIn({ ...run, claims: [reality] })).toContain('async tasks 1.0x');
    expect(row!.measuredIn({ ...run, claims: [{ ...reality, qualifier: 'contended' }] })).toBeUndefined();
    expect(row!.measuredIn(run)).toBeUndefined();
  });

  test('leaves the drawing of the cores to the README of the processes', () => {
    const drawing = realityDrawing(reality, run);
    expect(drawing).toContain('async tasks\n  core 0       ▁▁');
    expect(drawing).toContain('worker threads\n  core 0       ██');
    expect(Math.max(...drawing.split('\n').map((line) => line.length))).toBeLessThan(200);
  });
});
