import { UsageError } from '@cookbook/lab/command';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../src/max/cli/arguments.ts';

describe('wrong usage is one line', () => {
  test.each([
    [['load.csv'], 'Expected --column for csv, got none'],
    [['load.jsonl'], 'Expected --column for jsonl, got none'],
    [['--format', 'lines', '--column', 'a'], 'Expected no --column where there are none'],
    [['--format', 'xml'], "Expected --format to be csv, tsv, jsonl or lines, got 'xml'"],
    [['--nan', 'skip'], "Expected --nan to be throw, ignore or propagate, got 'skip'"],
    [['--delimiter', '::', '--column', 'a'], "Expected --delimiter to be one character, got '::'"],
    [['--seconds', '2'], 'Expected --seconds with --live, got it without'],
    [['--live', 'gpu'], "Expected --live to be cpu, got 'gpu'"],
    [['--live', 'cpu', '--column', 'a'], 'Expected --column without --live'],
    [['--live', 'cpu', '--seconds', '0'], "Expected --seconds to be a number from 0.2 to 86400, got '0'"],
    [['--live', 'cpu', '--threshold', '101'], "Expected --threshold to be a number from 0 to 100, got '101'"],
    [['--live', 'cpu', 'load.csv'], "Expected no file with --live, got 'load.csv'"],
    [['--colum', 'a'], "unknown option '--colum' (Did you mean --column?)"],
  ])('%j', (argv, message) => {
    expect(() => readRequest(argv)).toThrow(new UsageError(message));
  });
});

test.each([
  [['a.csv', '--column', 'x'], 'csv', ','],
  [['a.TSV', '--column', 'x'], 'csv', '\t'],
  [['a.ndjson', '--column', 'x'], 'jsonl', ','],
  [['a.csv.old', '--column', 'x'], 'csv', ','],
  [['a.csv.old'], 'lines', ','],
  [['a.txt', '--format', 'tsv', '--delimiter', ';', '--column', 'x'], 'csv', ';'],
])('the format of %j is known', (argv, format, delimiter) => {
  expect(readRequest(argv)).toMatchObject({ task: 'file', path: argv[0], column: { format, delimiter } });
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
