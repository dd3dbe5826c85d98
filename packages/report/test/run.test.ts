import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { made, madeClaim } from './made.ts';
import { onlyResults, runToEnd, temporaryFolder } from './run-program.ts';

describe('a run of a project with every kind of claim', () => {
  test('keeps a verdict for each claim, names what crashed and what cannot be read, and goes on with the rest', async () => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await runToEnd('verdicts', folder, ['--time-budget', '0.1']);
    expect(stderr).toBe('');
    expect(code).toBe(1);
    const results = onlyResults(folder);
    expect(results.finished).toMatch(/^\d{4}-/);
    expect(results.command).toBe('pnpm start --time-budget 0.1');
    expect(results.claims.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'alpha/good holds',
      'alpha/absent cannot-show',
      'alpha/unclear inconclusive',
      'beta/before holds',
      'beta/crash refuted',
      'beta/throws-later refuted',
      'beta/no-number refuted',
      'beta/after holds',
    ]);
    const reasonOf = (id: string): string | undefined => results.claims.find((claim) => claim.id === id)!.reason;
    expect(reasonOf('alpha/absent')).toBe('there is no such thing here');
    expect(reasonOf('beta/crash')).toBe('the measurement failed: its process ended with SIGKILL: the disk is gone');
    expect(reasonOf('beta/throws-later')).toBe(
      'the measurement failed: its process ended with exit code 1: RangeError: out of paper',
    );
    expect(reasonOf('beta/no-number')).toBe('the measurement failed: /figures/0/median must be number (number)');
    expect(results.claims[0]).toMatchObject({
      headline: 'It found 3 things.',
      notes: ['It was quiet.'],
      question: 'Does it hold?',
      inNode: 'no',
    });
    expect(results.recipes['alpha/good']).toEqual({
      folder: 'packages/alpha/src/good',
      command: 'pnpm tsx packages/alpha/src/main.ts good',
    });
    expect(results.chapters.map(({ name, failure }) => [name, failure])).toEqual([
      ['alpha', undefined],
      ['beta', undefined],
      ['gamma', 'gamma cannot be read today'],
    ]);
    expect(results.peakMemory!.runner).toBeGreaterThan(10);
    expect(Object.keys(results.peakMemory!.chapters)).toEqual(['alpha', 'beta']);

    expect(stdout).not.toContain('\u001B');
    expect(stdout).toContain('The chapter gamma cannot be read: gamma cannot be read today');
    expect(stdout).toContain('✓ good          It found 3 things.  packages/alpha/src/good');
    expect(stdout).toContain(
      '✗ crash         Refuted: the measurement failed: its process ended with SIGKILL: the disk',
    );
    expect(stdout.replaceAll('\n', ' ')).toContain(
      '8 claims: 3 hold, 3 refuted (beta/crash, beta/throws-later, beta/no-number), 1 inconclusive (alpha/unclear), 1 cannot be shown here (alpha/absent)',
    );
    const page = readdirSync(folder).find((name) => name.endsWith('.html'));
    expect(readFileSync(path.join(folder, page!), 'utf8')).toBe('<title>8 claims</title>');
  });

  test('prints for a claim the line that its chapter prints', async () => {
    const { stdout } = await runToEnd('verdicts', temporaryFolder(), ['--only', 'beta']);
    const lines = stdout.split('\n').filter((line) => /^[✓✗] (before|after) /.test(line));
    expect(lines).toEqual([
      '✓ before        It found 3 things.  packages/beta/src/before',
      '✓ after         It found 3 things.  packages/beta/src/after',
    ]);
  });

  test('--list shows what there is and runs none of it', async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await runToEnd('verdicts', folder, ['--list', '--only', 'good']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'The chapter alpha\n  good\n    Does it hold?\n    It holds.\n',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is inconclusive under CLAIMS_STRICT=1 with status 3', async () => {
    const args = ['--only', 'alpha', '--time-budget', '0.1'];
    expect((await runToEnd('verdicts', temporaryFolder(), args, { CLAIMS_STRICT: '1' })).code).toBe(3);
  });

  test('without a Python it completes, and says that the Python half cannot be shown', async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await runToEnd('verdicts', folder, ['--only', 'alpha/good'], { PATH: '/nowhere' });
    expect(code).toBe(0);
    expect(stdout).toContain('Python: none found');
    expect(stdout).toContain('The Python half of 1 claim cannot be shown here: no python3 found on this machine.');
    expect(onlyResults(folder).python).toEqual([]);
  });

  test('--only leaves the rest out, and counts it', async () => {
    const folder = temporaryFolder();
    const { stdout } = await runToEnd('verdicts', folder, ['--only', 'beta/after,alpha/good']);
    const results = onlyResults(folder);
    expect(results.claims.map(({ id }) => id)).toEqual(['alpha/good', 'beta/after']);
    expect(results.leftOut).toHaveLength(6);
    expect(stdout).toMatch(/chapter +claims +hold +left out/);
    expect(stdout).toMatch(/beta +5 +1 +4\b/);
  });

  test('an opener that is not there takes nothing from the run', async () => {
    const args = ['--only', 'beta/before', '--open'];
    const { code, stdout, stderr } = await runToEnd('verdicts', temporaryFolder(), args, { PATH: '/nowhere' });
    expect(stdout).toContain('The page: ');
    expect(stderr).toMatch(/^The page could not be opened \(\S+: ENOENT\): open it by hand\n$/);
    expect(code).toBe(0);
  });
});

test('--quick leaves out and names a claim that takes over a second: it is tried once, and then known', async () => {
  const folder = temporaryFolder();
  const log = path.join(folder, 'log');
  const { code, stdout } = await runToEnd('quick', folder, ['--quick'], { LOG: log });
  expect(code).toBe(0);
  const first = onlyResults(folder);
  expect(first.claims.map(({ id }) => id)).toEqual(['swift/short', 'swift/also-short']);
  expect(first.leftOut).toEqual(['swift/slow']);
  expect(stdout).toContain('Left out of swift, 1 claim: slow');
  expect(readFileSync(log, 'utf8')).toBe('swift/short\nswift/slow\nswift/also-short\n');

  // As a run without --quick would have left it.
  const name = readdirSync(folder).find((file) => file.endsWith('.json'));
  const known = { ...first, claims: [...first.claims, madeClaim('swift/slow', { seconds: 8 })], leftOut: [] };
  writeFileSync(path.join(folder, '2020-01-01T00-00-00Z.json'), JSON.stringify(known));
  rmSync(path.join(folder, name!));
  writeFileSync(log, '');
  await runToEnd('quick', folder, ['--quick'], { LOG: log });
  expect(readFileSync(log, 'utf8')).toBe('swift/short\nswift/also-short\n');
  rmSync(path.join(folder, '2020-01-01T00-00-00Z.json'));
  expect(onlyResults(folder).leftOut).toEqual(['swift/slow']);
});

describe('wrong usage is one line on stderr, status 2, and leaves no result', () => {
  test.each([
    [['--qiuck'], "unknown option '--qiuck' (Did you mean --quick?)"],
    [['--only', 'crush'], "Expected the name of a chapter or a recipe, got 'crush': did you mean 'crash'?"],
    [['readme'], 'Expected --check or --write, got neither'],
    [['badge'], 'Expected a finished run in results/, found none: run pnpm start'],
    [['compare', '/nowhere/a.json', '/nowhere/b.json'], 'Expected a result at /nowhere/a.json, got ENOENT'],
  ])('%j: %s', async (args, line) => {
    const folder = path.join(temporaryFolder(), 'results');
    expect(await runToEnd('verdicts', folder, args)).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr: `${line}\n`,
    });
    expect(existsSync(folder)).toBe(false);
  });
});

test('--help names the options, the other commands and the exit status', async () => {
  const { code, stdout } = await runToEnd('verdicts', temporaryFolder(), ['--help']);
  expect(code).toBe(0);
  for (const word of ['--quick', '--only', '--resume', '--open', 'compare', 'badge', 'readme', 'Exit status'])
    expect(stdout).toContain(word);
});

test('the page of a result can be built again, by itself', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'a.json');
  writeFileSync(file, JSON.stringify(made({ finished: undefined })));
  const { code, stdout } = await runToEnd('verdicts', folder, ['page', file]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `The page: ${path.join(folder, 'a.html')}\n` });
  expect(readFileSync(path.join(folder, 'a.html'), 'utf8')).toBe('<title>2 claims</title>');
});

test('a page that cannot be built takes nothing from the results, and the status is 1', async () => {
  const folder = temporaryFolder();
  const { code, stderr } = await runToEnd('verdicts', folder, ['--only', 'beta/before'], { NO_PAGE: '1' });
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'The page could not be built: out of ink\n' });
  expect(onlyResults(folder).finished).toBeDefined();
});
