// The results of the functions of the language, of libraries and of Python for the same inputs. A cell that no longer agrees
// with the table of src/max/README.md fails.

import * as d3 from 'd3-array';
import * as lodash from 'lodash-es';
import { lookForPythons, runPython } from '@cookbook/lab/python';
import { beforeAll, describe, expect, test } from 'vitest';
import { max } from '../../src/max/index.ts';

/** As `repr` writes it in Python, where the two languages differ. */
type Cells = Readonly<Record<'ours' | 'ignore' | 'throw' | 'Math.max' | 'd3' | 'lodash' | 'python' | 'numpy', string>>;

const BIG = [2n ** 53n, 2n ** 53n + 1n];

const TABLE: readonly { readonly name: string; readonly values: readonly unknown[]; readonly cells: Cells }[] = [
  {
    name: 'NaN in the middle',
    values: [1, NaN, 2],
    cells: {
      ours: 'NaN',
      ignore: '2',
      throw: 'RangeError',
      'Math.max': 'NaN',
      d3: '2',
      lodash: '2',
      python: '2.0',
      numpy: 'nan',
    },
  },
  {
    name: 'NaN first',
    values: [NaN, 1],
    cells: {
      ours: 'NaN',
      ignore: '1',
      throw: 'RangeError',
      'Math.max': 'NaN',
      d3: '1',
      lodash: '1',
      python: 'nan',
      numpy: 'nan',
    },
  },
  {
    name: 'empty',
    values: [],
    cells: {
      ours: 'RangeError',
      ignore: 'RangeError',
      throw: 'RangeError',
      'Math.max': '-Infinity',
      d3: 'undefined',
      lodash: 'undefined',
      python: 'ValueError',
      numpy: 'ValueError',
    },
  },
  {
    name: 'bigints',
    values: BIG,
    cells: {
      ours: `${BIG[1]}n`,
      ignore: `${BIG[1]}n`,
      throw: `${BIG[1]}n`,
      'Math.max': 'TypeError',
      d3: `${BIG[1]}n`,
      lodash: `${BIG[1]}n`,
      python: `${BIG[1]}`,
      numpy: `${BIG[1]}`,
    },
  },
  {
    name: 'strings',
    values: ['10', '9'],
    cells: {
      ours: "'9'",
      ignore: "'9'",
      throw: "'9'",
      'Math.max': '10',
      d3: "'9'",
      lodash: "'9'",
      python: "'9'",
      numpy: 'TypeError',
    },
  },
  {
    name: 'a hole',
    // oxlint-disable-next-line no-sparse-arrays
    values: [1, , 3],
    cells: {
      ours: 'TypeError',
      ignore: 'TypeError',
      throw: 'TypeError',
      'Math.max': 'NaN',
      d3: '3',
      lodash: '3',
      python: 'TypeError',
      numpy: 'TypeError',
    },
  },
  {
    name: '-0 and 0',
    values: [-0, 0],
    cells: {
      ours: '0',
      ignore: '0',
      throw: '0',
      'Math.max': '0',
      d3: '-0',
      lodash: '-0',
      python: '-0.0',
      numpy: '0.0',
    },
  },
];

const WAYS = {
  ours: (values) => max(values),
  ignore: (values) => max(values, { nan: 'ignore' }),
  throw: (values) => max(values, { nan: 'throw' }),
  'Math.max': (values) => Math.max(...values),
  d3: (values) => d3.max(values),
  lodash: (values) => lodash.max(values),
} satisfies Record<string, (values: number[]) => unknown>;

function answer(way: (values: number[]) => unknown, values: readonly unknown[]): string {
  try {
    const found = way(values as number[]);
    if (typeof found === 'string') return `'${found}'`;
    return Object.is(found, -0) ? '-0' : `${String(found)}${typeof found === 'bigint' ? 'n' : ''}`;
  } catch (error) {
    return (error as Error).name;
  }
}

describe.each(TABLE)('$name', ({ values, cells }) => {
  test.each(Object.entries(WAYS))('%s', (name, way) => {
    expect(answer(way, values)).toBe(cells[name as keyof Cells]);
  });
});

describe('Python', () => {
  let answers: Record<string, { python: string; numpy: string | null }> | undefined;
  beforeAll(async () => {
    const program = new URL('./peers.py', import.meta.url);
    // The system's own Python first: numpy is often its package.
    const commands = process.platform === 'win32' ? [['py', '-3'], ['python']] : [['/usr/bin/python3'], ['python3']];
    const { found } = await lookForPythons(commands, 20_000);
    if (found[0]) answers = (await runPython(found[0], program)) as typeof answers;
  });

  test.for(TABLE)('$name', ({ name, cells }, { skip }) => {
    if (answers === undefined) return skip('no Python here');
    expect(answers[name]!.python).toBe(cells.python);
  });

  test.for(TABLE)('numpy, $name', ({ name, cells }, { skip }) => {
    if (answers === undefined || answers[name]!.numpy === null) return skip('no numpy here');
    expect(answers[name]!.numpy).toBe(cells.numpy);
  });
});
