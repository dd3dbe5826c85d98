import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { runToEnd } from '../run-program.ts';

const chapter = new URL('../fixtures/chapter.ts', import.meta.url);

describe('the exit status', () => {
  test.each([
    [['good'], '0', 0],
    [['good', 'absent'], '0', 0],
    [['good', 'bad'], '0', 1],
    [['bad', 'unclear', '--time-budget', '0.01'], '1', 1],
    [['unclear', '--time-budget', '0.01'], '0', 0],
    [['unclear', '--time-budget', '0.01'], '1', 3],
  ])('of %j with CLAIMS_STRICT=%s is %i', async (args, strict, status) => {
    const { code } = await runToEnd(chapter, args, { env: { ...process.env, CLAIMS_STRICT: strict } });
    expect(code).toBe(status);
  });
});

describe('wrong usage is one line on stderr, status 2', () => {
  test.each([
    [['godo'], "Expected the name of a chapter or a recipe, got 'godo': did you mean 'good'?"],
    [
      ['something-else'],
      "Expected the name of a chapter or a recipe, got 'something-else': --list shows those that there are",
    ],
    [['--jsno'], "unknown option '--jsno' (Did you mean --json?)"],
    [['--time-budget', '-1'], "Expected --time-budget to be a number above 0, got '-1'"],
    [['--time-budget', '0'], "Expected --time-budget to be a number above 0, got '0'"],
    [['--time-budget', 'long'], "Expected --time-budget to be a number above 0, got 'long'"],
    [['--time-budget', ''], "Expected --time-budget to be a number above 0, got ''"],
    [['--time-budget'], "option '--time-budget <seconds>' argument missing"],
  ])('%j: %s', async (args, line) => {
    expect(await runToEnd(chapter, args)).toEqual({ code: 2, signal: null, stdout: '', stderr: `${line}\n` });
  });
});

test('--help names the options and the exit status', async () => {
  const { code, stdout } = await runToEnd(chapter, ['--help']);
  expect(code).toBe(0);
  for (const word of ['[recipe...]', '--list', '--json', '--time-budget', 'Exit status', '130'])
    expect(stdout).toContain(word);
});

test('--list shows every recipe with its question and its answer, and runs none', async () => {
  const { code, stdout } = await runToEnd(chapter, ['--list']);
  expect(code).toBe(0);
  expect(stdout).toContain('Programs\n  dying-child\n    Does it hold?\n    It holds.\n');
  expect(stdout).not.toContain('Refuted');
});

describe('a run in a pipe', () => {
  const names = ['good', 'bad', 'unclear', 'absent', 'busy', 'lacking'];

  test('is plain: for each verdict one line with its mark, and a line that counts them', async () => {
    const { stdout } = await runToEnd(chapter, [...names, '--time-budget', '0.01']);
    expect(stdout).not.toContain('\u001B');
    const lines = stdout.split('\n');
    expect(lines).toContain('Verdicts');
    expect(lines.filter((line) => /^[✓✗?–!] /.test(line))).toEqual([
      '✓ good     It found 3 things.  packages/fixture/src/good',
      '✗ bad      Refuted: it is wrong.  packages/fixture/src/bad',
      '? unclear  Undecided: too noisy.  packages/fixture/src/unclear',
      '– absent   Cannot be shown here: it went away.  packages/fixture/src/absent',
      '! busy     It found 3 things.  packages/fixture/src/busy',
      '– lacking  Cannot be shown here: no such thing.  packages/fixture/src/lacking',
    ]);
    expect(stdout).toContain(
      '6 claims: 2 hold (1 contended), 1 refuted (bad), 1 inconclusive (unclear), 2 cannot be shown here\n(absent, lacking)\n',
    );
  });

  test('shows of a recipe that was asked for by name what is claimed, its figures, and whether they keep their bounds', async () => {
    const { stdout } = await runToEnd(chapter, ['good']);
    expect(stdout).toContain(
      'Does it hold?\nOften said: "It never holds." In Node: only if it is counted.\nIt holds.\n\n✓ good',
    );
    expect(stdout).toMatch(/things that were found +3 things +at least 1 things +✓/);
    expect(stdout).toMatch(/errors on the way +0 errors +never +✓/);
    expect(stdout).toContain('\n  It was quiet.\n');
  });

  test('says nothing twice', async () => {
    const { stdout } = await runToEnd(chapter, ['good']);
    const lines = stdout.split('\n').filter((line) => line.trim() !== '');
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
    expect(stdout).not.toContain('1 claim');
  });
});

test('a child that dies at start fails the claim with that reason and its last words', async () => {
  const { code, stdout } = await runToEnd(chapter, ['dying-child']);
  expect(code).toBe(1);
  expect(stdout).toContain('ended with exit code 7');
  expect(stdout).toContain('no such device');
});

describe('--json', () => {
  test('prints one object that keeps the published schema, and nothing else', async () => {
    const args = ['good', 'bad', 'unclear', 'absent', 'with-python', '--json', '--time-budget', '0.01'];
    const { stdout, stderr } = await runToEnd(chapter, args);
    const report: unknown = JSON.parse(stdout);
    const schema = JSON.parse(await readFile(new URL('../../claims.schema.json', import.meta.url), 'utf8')) as object;
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    validate(report);
    expect(validate.errors).toBeNull();
    expect(stderr).toBe('');
    expect(report).toMatchObject({
      claims: [
        {
          id: 'fixture/good',
          from: ['ours'],
          verdict: 'holds',
          notes: ['It was quiet.'],
          figures: [{ key: 'things', median: 3, bound: { least: 1 } }, { key: 'errors' }],
        },
        { id: 'fixture/bad', verdict: 'refuted', reason: 'it is wrong' },
        { id: 'fixture/unclear', verdict: 'inconclusive' },
        { id: 'fixture/absent', verdict: 'cannot-show' },
        { id: 'fixture/with-python', python: { others: [] } },
      ],
    });
  });

  test('the schema refuses a report with a verdict that is none', async () => {
    const { stdout } = await runToEnd(chapter, ['good', '--json']);
    const schema = JSON.parse(await readFile(new URL('../../claims.schema.json', import.meta.url), 'utf8')) as object;
    const validate = new Ajv2020({ strict: true }).compile(schema);
    expect(validate(JSON.parse(stdout))).toBe(true);
    expect(validate(JSON.parse(stdout.replace('"holds"', '"perhaps"')))).toBe(false);
  });
});

describe('the Python half', () => {
  test('has a line of its own where a Python is found', async ({ skip }) => {
    const { stdout } = await runToEnd(chapter, ['with-python']);
    if (stdout.includes('no python3 found')) skip('no python3 on this machine');
    expect(stdout).toMatch(/^ {2}Python 3\S+: that is right: It answers 42 things\.$/m);
  });

  test('cannot be shown where there is none, which is said once, and the Node half holds', async () => {
    const { code, stdout } = await runToEnd(chapter, ['with-python'], { env: { ...process.env, PATH: '/nowhere' } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ with-python {2}It found 3 things\./m);
    expect(stdout).toMatch(/The Python half of 1 claim cannot be shown here: no python3 found on this machine\.\n$/);
    expect(stdout.match(/no python3/g)).toHaveLength(1);
  });
});
