import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { made, madeClaim } from './made.ts';
import { runToEnd, temporaryFolder } from './run-program.ts';
import type { Ended } from './run-program.ts';

const CLAIMS = ['one/first', 'one/second', 'two/before', 'two/endless', 'two/after'];
const EMPTY = '# Title\n\n<!-- begin:verdicts -->\n<!-- end:verdicts -->\n\nrest\n';

describe('the tables of verdicts', () => {
  let folder = '';
  const readme = (chapter: string): string => path.join(folder, `${chapter}.md`);
  const markdown = (...args: string[]): Promise<Ended> =>
    runToEnd('endless', folder, ['markdown', ...args], { READMES: folder });

  beforeEach(async () => {
    folder = temporaryFolder();
    for (const chapter of ['one', 'two']) writeFileSync(readme(chapter), EMPTY);
    putResults('01', CLAIMS.slice(2));
  });

  function putResults(day: string, ids: readonly string[]): void {
    const results = made({ claims: ids.map((id) => madeClaim(id)) });
    writeFileSync(path.join(folder, `2026-01-${day}T00-00-00Z.json`), JSON.stringify(results));
  }

  test('are written into the READMEs of the chapters that a result has in full; the others are left alone', async () => {
    const { code, stdout, stderr } = await markdown('--write');
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `Written: ${readme('two')}\n`,
      stderr: 'Left alone: one, of which the result has not every claim\n',
    });
    expect(readFileSync(readme('one'), 'utf8')).toBe(EMPTY);
    const written = readFileSync(readme('two'), 'utf8');
    expect(written).toContain('Measured on Made-up CPU, 2 cores');
    expect(written).toContain('| [before](src/before) | What holds. | **holds**<br>speedup: 1.90x [1.80, 2] |');
    expect(written).toMatch(/^# Title\n\n<!-- begin:verdicts -->\n\nMeasured on .*<!-- end:verdicts -->\n\nrest\n$/s);
  });

  test('are printed where they are not written, the same', async () => {
    const { stdout } = await markdown();
    await markdown('--write');
    const block = readFileSync(readme('two'), 'utf8').split(/<!-- \w+:verdicts -->/)[1]!;
    expect(stdout).toBe(`## The chapter two\n\n${block.trim()}\n\n`);
    expect(readFileSync(readme('one'), 'utf8')).toBe(EMPTY);
  });

  test('are checked: recipe and answer must be those of the claims, figures are of a moment', async () => {
    const outOfStep = await markdown('--check');
    expect(outOfStep.code).toBe(1);
    expect(outOfStep.stderr.split('\n')).toHaveLength(3);
    expect(outOfStep.stderr).toContain(
      "The README of two is out of step: the row '| [before](src/before) | What holds.' is missing. Run: pnpm report markdown --write",
    );

    putResults('02', CLAIMS);
    await markdown('--write');
    const inStep = readFileSync(readme('two'), 'utf8');
    expect(await markdown('--check')).toMatchObject({ code: 0, stdout: '2 READMEs are in step with their claims\n' });
    const change = async (from: string, to: string): Promise<Ended> => {
      writeFileSync(readme('two'), inStep.replaceAll(from, to));
      return markdown('--check');
    };
    expect((await change('speedup: 1.90x', 'speedup: 1.70x')).code).toBe(0);
    expect((await change('[after](src/after) | What holds.', '[after](src/after) | What held.')).code).toBe(1);
    const rows = /(\| \[before\].*\n)(\| \[endless\].*\n)/.exec(inStep)!;
    expect((await change(rows[0], `${rows[2]}${rows[1]}`)).stderr).toContain('its rows are in another order');
  });
});
