import { UsageError } from '@cookbook/lab/command';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/tf-idf/cli/arguments.ts';

describe('wrong usage is one line', () => {
  test.each([
    [[], "missing required argument 'task'"],
    [['serch', 'x'], "Expected search, index or scores, got 'serch'"],
    [['search'], 'Expected QUERY, got none'],
    [['search', 'a b'], "Expected QUERY to have a word of two letters or more, got 'a b'"],
    [['search', 'mutex'], 'Expected at least one PATH, got none'],
    [['search', 'mutex', 'a', '--index', 'b'], "Expected paths or --index, got both: 'a'"],
    [['search', 'mutex', '--index', 'b', '--lines'], 'Expected --lines and --field when the index is made'],
    [['search', 'mutex', 'a', '--lines', '--field', 'b'], 'Expected --lines or --field, got both'],
    [['search', 'mutex', 'a', '--limit', '0'], "Expected --limit to be an integer from 1 to 1000000, got '0'"],
    [['search', 'mutex', 'a', '--out', 'b'], 'Expected --out with index, got it with search'],
    [['index', 'a'], 'Expected --out with index, got none'],
    [['index', 'a', '--out', 'b', '--limit', '3'], 'Expected --limit with search or scores, got it with index'],
    [['index', '--index', 'a', '--out', 'b'], 'Expected --index with search or scores, got it with index'],
    [['scores'], 'Expected at least one PATH, got none'],
    [['scores', 'a', '--limt', '3'], "unknown option '--limt' (Did you mean --limit?)"],
  ])('%j', (argv, message) => {
    expect(() => readRequest(argv)).toThrow(new UsageError(message));
  });
});

test('options are read', () => {
  expect(readRequest(['search', 'a mutex', 'x', 'y', '--field', 'text', '--limit', '3'])).toEqual({
    task: 'search',
    json: false,
    limit: 3,
    query: 'a mutex',
    source: { paths: ['x', 'y'], unit: { kind: 'field', field: 'text' } },
  });
  expect(readRequest(['index', 'x', '--lines', '--out', 'f', '--json'])).toEqual({
    task: 'index',
    json: true,
    paths: ['x'],
    unit: { kind: 'line' },
    out: 'f',
  });
  expect(readRequest(['scores', '--index', 'f'])).toMatchObject({ task: 'scores', source: { index: 'f' } });
});
