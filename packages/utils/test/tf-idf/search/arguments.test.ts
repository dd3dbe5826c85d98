import { UsageError } from '@cookbook/lab/command';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/tf-idf/cli/arguments.ts';

describe('wrong usage is one line', () => {
  test.each([
    [[], "missing required argument 'task'"],
    [['serch', 'x'], "Expected search, index or scores, got 'serch'"],
    [['search'], 'Expected QUERY, got none'],
    [['search', '?!'], "Expected QUERY to have a letter or a digit, got '?!'"],
    [['search', 'mutex'], 'Expected at least one PATH, got none'],
    [['search', 'mutex', 'a', '--index', 'b'], "Expected paths or --index, got both: 'a'"],
    [['search', 'mutex', '--index', 'b', '--lines'], 'Expected --lines when the index is made, got it with --index'],
    [
      ['search', 'mutex', '--index', 'b', '--exclude', 'c'],
      'Expected --exclude when the index is made, got it with --index',
    ],
    [['search', 'mutex', 'a', '--lines', '--field', 'b'], 'Expected --lines or --field, got both'],
    [['search', 'mutex', 'a', '--limit', '0'], "Expected --limit to be an integer from 1 to 1000000, got '0'"],
    [['search', 'mutex', 'a', '--rank', 'tf'], "Expected --rank to be bm25 or cosine, got 'tf'"],
    [['search', 'mutex', 'a', '--out', 'b'], 'Expected --out with index, got it with search'],
    [['index', 'a'], 'Expected --out with index, got none'],
    [['index', 'a', '--out', 'b', '--limit', '3'], 'Expected --limit with search or scores, got it with index'],
    [['index', '--index', 'a', '--out', 'b'], 'Expected --index with search, got it with index'],
    [['scores', '--index', 'a'], 'Expected --index with search, got it with scores'],
    [['scores', 'a', '--exact'], 'Expected --exact with search, got it with scores'],
    [['scores'], 'Expected at least one PATH, got none'],
    [['scores', 'a', '--limt', '3'], "unknown option '--limt' (Did you mean --limit?)"],
  ])('%j', (argv, message) => {
    expect(() => readRequest(argv)).toThrow(new UsageError(message));
  });
});

const walk = { hidden: false, noIgnore: false, exclude: [] };

test('options are read', () => {
  expect(readRequest(['search', 'a mutex', 'x', 'y', '--field', 'text', '--limit', '3'])).toEqual({
    task: 'search',
    json: false,
    limit: 3,
    rank: 'bm25',
    exact: false,
    query: 'a mutex',
    source: { paths: ['x', 'y'], unit: { kind: 'field', field: 'text' }, walk },
  });
  const open = ['--hidden', '--no-ignore', '--exclude', '*.js', '--exclude', 'b'];
  expect(readRequest(['index', 'x', '--lines', '--out', 'f', '--json', ...open])).toEqual({
    task: 'index',
    json: true,
    source: {
      paths: ['x'],
      unit: { kind: 'line' },
      walk: { hidden: true, noIgnore: true, exclude: ['*.js', 'b'] },
    },
    out: 'f',
  });
  expect(readRequest(['search', 'a', '--index', 'f', '--rank', 'cosine', '--exact'])).toMatchObject({
    rank: 'cosine',
    exact: true,
    source: { index: 'f' },
  });
});

test('the help has examples, and no line of it is longer than 84 columns', () => {
  const help = readRequest(['--help']) as string;
  expect(help).toContain('Examples:\n');
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(84);
});
