import { UsageError } from '@cookbook/lab/command';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../src/max/cli/arguments.ts';

describe('wrong usage is one line', () => {
  test.each([
    [['load.csv'], 'Expected --column for csv, got none'],
    [['load.tsv.gz'], 'Expected --column for tsv, got none'],
    [['--format', 'lines', '--column', 'a'], 'Expected no --column where there are none'],
    [['--format', 'xml'], "Expected --format to be csv, tsv, json, jsonl or lines, got 'xml'"],
    [['--format', 'constructor'], "Expected --format to be csv, tsv, json, jsonl or lines, got 'constructor'"],
    [['--nan', 'skip'], "Expected --nan to be throw, ignore or propagate, got 'skip'"],
    [['--invalid', 'skip'], "Expected --invalid to be throw or ignore, got 'skip'"],
    [['--delimiter', '::', '--column', 'a'], "Expected --delimiter to be one ASCII character and no quote, got '::'"],
    [['--delimiter', '§', '--column', 'a'], "Expected --delimiter to be one ASCII character and no quote, got '§'"],
    [['--delimiter', '"', '--column', 'a'], `Expected --delimiter to be one ASCII character and no quote, got '"'`],
    [['--decimal', 'x'], "Expected --decimal to be . or , got 'x'"],
    [['--thousands', 'x'], "Expected --thousands to be one of , . ' _ or a blank, got 'x'"],
    [['--thousands', '.'], "Expected --thousands to differ from --decimal, got '.' for both"],
    [['--no-header'], 'Expected --column with --no-header, got none'],
    [['--threads', '0'], "Expected --threads to be an integer from 1 to 256, got '0'"],
    [['-', '-'], 'Expected - once at most, got it twice'],
    [['--seconds', '2'], 'Expected --seconds with --live, got it without'],
    [['--live', 'gpu'], "Expected --live to be cpu, got 'gpu'"],
    [['--live', 'cpu', '--column', 'a'], 'Expected --column without --live'],
    [['--live', 'cpu', '--no-header'], 'Expected --no-header without --live'],
    [['--live', 'cpu', '--nan', 'throw'], 'Expected --nan without --live'],
    [['--live', 'cpu', '--seconds', '0'], "Expected --seconds to be a number from 0.2 to 86400, got '0'"],
    [['--live', 'cpu', '--threshold', '101'], "Expected --threshold to be a number from 0 to 100, got '101'"],
    [['--live', 'cpu', 'load.csv'], "Expected no file with --live, got 'load.csv'"],
    [['--colum', 'a'], "unknown option '--colum' (Did you mean --column?)"],
  ])('%j', (argv, message) => {
    expect(() => readRequest(argv)).toThrow(new UsageError(message));
  });
});

test.each([
  ['a.csv', 'csv', undefined],
  ['a.TSV', 'csv', '\t'],
  ['a.ndjson', 'jsonl', undefined],
  ['a.json', 'json', undefined],
  ['a.csv.gz', 'csv', undefined],
  ['a.jsonl.ZST', 'jsonl', undefined],
  ['a.csv.old', undefined, undefined],
  ['-', undefined, undefined],
])('the format of %s is known by its ending', (path, format, delimiter) => {
  expect(readRequest([path, '--column', 'x'])).toMatchObject({ inputs: [{ path, format, delimiter }] });
});

test.each([
  [[';'], ';'],
  [['\\t'], '\t'],
  [['tab'], '\t'],
  [['\t'], '\t'],
])('--delimiter %j is one character', ([given], delimiter) => {
  const argv = ['a.txt', '--format', 'tsv', '--delimiter', given!, '--column', 'x'];
  expect(readRequest(argv)).toMatchObject({ inputs: [{ format: 'csv', delimiter }] });
});

test('several files have each its own format, and words for a gap add up', () => {
  expect(readRequest(['a.csv', 'b.json', '--column', 'x', '--gap', 'NA', '--gap', '-999'])).toMatchObject({
    inputs: [
      { path: 'a.csv', format: 'csv' },
      { path: 'b.json', format: 'json' },
    ],
    notation: { decimal: '.', thousands: '', gaps: ['NA', '-999'] },
  });
});

test('a share of all cores is given in percent, times in seconds', () => {
  expect(readRequest(['--live', 'cpu', '--threshold', '80', '--json'])).toEqual({
    task: 'live',
    json: true,
    seconds: 10,
    window: 1,
    threshold: 0.8,
  });
});

test('the help shows every option, and examples', () => {
  const help = readRequest(['--help']) as string;
  for (const option of ['column', 'no-header', 'decimal', 'thousands', 'gap', 'invalid', 'threads', 'live', 'json']) {
    expect(help).toContain(`--${option}`);
  }
  expect(help).toContain('Examples:');
});
