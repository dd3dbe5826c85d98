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
    [['godo'], "unknown recipe 'godo': did you mean 'good'?"],
    [['something-else'], "unknown recipe 'something-else': --list shows those that there are"],
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

test('--help tells the options and the exit status', async () => {
  const { code, stdout } = await runToEnd(chapter, ['--help']);
  expect(code).toBe(0);
  for (const word of ['[recipe...]', '--list', '--json', '--time-budget', 'Exit status', '130'])
    expect(stdout).toContain(word);
});

test('--list shows every recipe with its answer and runs none', async () => {
  const { code, stdout } = await runToEnd(chapter, ['--list']);
  expect(code).toBe(0);
  expect(stdout).toContain('  dying-child\n      What holds.');
  expect(stdout).not.toContain('refuted');
});

test('a run in a pipe is plain: a line a claim as it goes, grouped, and a line that counts verdicts', async () => {
  const { stdout } = await runToEnd(chapter, ['good', 'bad', 'unclear', 'absent', '--time-budget', '0.01']);
  expect(stdout).not.toContain('\u001B');
  const lines = stdout.split('\n');
  expect(lines).toContain('Verdicts');
  expect(lines.find((line) => line.startsWith('✓ holds'))).toContain('good');
  expect(lines.find((line) => line.startsWith('✗ refuted'))).toMatch(/bad .*it is wrong/);
  expect(lines.at(-2)).toBe('4 claims: 1 holds, 1 refuted, 1 inconclusive, 1 cannot be shown here');
});

test('what cannot be shown is told once, whether before or by the measurement', async () => {
  const { stdout } = await runToEnd(chapter, ['absent', 'too-late']);
  for (const recipe of ['absent', 'too-late']) {
    expect(stdout.split('\n').filter((line) => line.includes(`cannot show here   ${recipe} `))).toHaveLength(1);
  }
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
          notes: ['It was still.'],
          figures: [{ name: 'figure', median: 3, bound: { least: 1 } }],
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
  test('is told in a line of its own where a Python is found', async ({ skip }) => {
    const { stdout } = await runToEnd(chapter, ['with-python']);
    if (stdout.includes('no python3 found')) skip('no python3 on this machine');
    expect(stdout).toMatch(/in Python {2}.*the lock: answer: 42 things/);
  });

  test('cannot be shown where there is none, and the Node half holds', async () => {
    const { code, stdout } = await runToEnd(chapter, ['with-python'], { env: { ...process.env, PATH: '/nowhere' } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/cannot show here.*in Python.*no python3 found on this machine/);
    expect(stdout).toContain(`1 claim: 1 holds`);
  });
});

describe('--write-readme', () => {
  test('needs the whole chapter', async () => {
    const { code, stderr } = await runToEnd(chapter, ['good', '--write-readme']);
    expect([code, stderr]).toEqual([2, 'Expected --write-readme without recipes: the table shows them all\n']);
  });
});
