import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure } from '@cookbook/lab/claim';
import { compareResults } from '../src/compare/compare.ts';
import { comparisonPage } from '../src/compare/page.ts';
import { comparisonText, describeMove } from '../src/compare/text.ts';
import type { Results } from '../src/results/format.ts';
import { made, madeClaim, madeFigure, madeHost } from './made.ts';
import { runToEnd, temporaryFolder } from './run-program.ts';

function withFigures(...figures: Figure[]): Results {
  return made({ claims: [madeClaim('threads/kill', { figures })] });
}

function changeOf(before: Figure, after: Figure): string | undefined {
  return compareResults(withFigures(before), withFigures(after)).claims[0]!.figures[0]?.change;
}

describe('a figure', () => {
  test('moved where its intervals have no point in common', () => {
    expect(changeOf(madeFigure('a', 2, 1.9, 2.1), madeFigure('a', 3, 2.2, 4))).toBe('moved');
    expect(changeOf(madeFigure('a', 2, 1.9, 2.1), madeFigure('a', 3, 2.1, 4))).toBe('same');
    expect(changeOf(madeFigure('a', 2, 1.9, 2.1), madeFigure('a', 1, 0.5, 1.8))).toBe('moved');
  });

  test('that is a single count in both runs only differs: there is no interval to judge by', () => {
    expect(changeOf(madeFigure('a', 2), madeFigure('a', 3))).toBe('counted');
    expect(changeOf(madeFigure('a', 2), madeFigure('a', 2))).toBe('same');
    expect(changeOf(madeFigure('a', 2), madeFigure('a', 4, 3, 5))).toBe('moved');
  });

  test('is joined by its key, though its name be mended, and shown under the name of the second run', () => {
    const [claim] = compareResults(
      withFigures({ ...madeFigure('old name', 2), key: 'speedup' }),
      withFigures({ ...madeFigure('new name', 3), key: 'speedup' }),
    ).claims;
    expect(claim).toMatchObject({ figures: [{ name: 'new name', change: 'counted' }], unpaired: [] });
  });

  test('that is measured in another unit is another figure', () => {
    const [claim] = compareResults(
      withFigures(madeFigure('a', 2, 2, 2, 'ms')),
      withFigures(madeFigure('a', 2, 2, 2, 's')),
    ).claims;
    expect(claim!.figures).toEqual([]);
  });

  test('of one run only, such as that of more threads, is named and not compared', () => {
    const [claim] = compareResults(
      withFigures(madeFigure('2 threads', 2)),
      withFigures(madeFigure('4 threads', 4)),
    ).claims;
    expect(claim).toMatchObject({ figures: [], unpaired: ['2 threads', '4 threads'] });
  });

  test.each([
    [2, 3, '1.50x up'],
    [3, 2, '1.50x down'],
    [0, 2, 'no ratio'],
    [-1, 2, 'no ratio'],
  ])('from %d to %d went %s', (before, after, words) => {
    const { claims } = compareResults(withFigures(madeFigure('a', before)), withFigures(madeFigure('a', after)));
    expect(describeMove(claims[0]!.figures[0]!)).toBe(words);
  });

  test('moves one way where it moves the other way in the reverse comparison, by the inverse ratio', () => {
    const value = fc.double({ min: 0.01, max: 100, noNaN: true });
    const figure = fc
      .tuple(value, value, value)
      .map((values) => values.toSorted((a, b) => a - b) as typeof values)
      .map(([low, median, high]) => madeFigure('a', median, low, high));
    fc.assert(
      fc.property(figure, figure, (a, b) => {
        const there = compareResults(withFigures(a), withFigures(b)).claims[0]!.figures[0]!;
        const back = compareResults(withFigures(b), withFigures(a)).claims[0]!.figures[0]!;
        expect(there.change).toBe(back.change);
        expect(there.ratio! * back.ratio!).toBeCloseTo(1);
        expect(there.change === 'same').toBe(a.low <= b.high && b.low <= a.high);
      }),
    );
  });
});

test('a run compared with itself has no difference', () => {
  const { hosts, claims, onlyBefore, onlyAfter } = compareResults(made(), made());
  expect({ hosts, onlyBefore, onlyAfter }).toEqual({ hosts: [], onlyBefore: [], onlyAfter: [] });
  expect(claims.flatMap(({ figures }) => figures.map(({ change }) => change))).toEqual(['same', 'same']);
});

test('figures of the Python half have other names than those of Node', () => {
  const python = {
    interpreter: 'CPython 3.13.0',
    lock: true,
    verdict: 'holds',
    figures: [madeFigure('a', 1)],
  } as const;
  const results = made({
    claims: [
      madeClaim('threads/kill', {
        figures: [madeFigure('a', 2)],
        python: { ...python, others: [{ ...python, lock: false }] },
      }),
    ],
  });
  expect(compareResults(results, results).claims[0]!.figures.map(({ name, before }) => [name, before.median])).toEqual([
    ['a', 2],
    ['in Python: a', 1],
    ['in Python without the lock: a', 1],
  ]);
});

const before = made({ host: { ...madeHost, node: 'v24.0.0' } });
const after = made({
  claims: [
    madeClaim('threads/kill', { verdict: 'refuted', reason: 'it took <b>too</b> long' }),
    madeClaim('threads/new', { figures: [] }),
    madeClaim('processes/kill', { figures: [madeFigure('speedup', 1.2, 1.1, 1.3)] }),
  ],
});

test('the text says what changed its verdict and why, what moved and by how much, and counts it', () => {
  const text = comparisonText(before, after, compareResults(before, after), 200);
  expect(text).toContain('Node v24.0.0');
  expect(text).toContain('threads/kill: holds -> refuted\n    it took <b>too</b> long');
  expect(text).toContain('  processes/kill\n    speedup: 1.90x [1.80, 2] -> 1.20x [1.10, 1.30], 1.58x down');
  expect(text).toContain('B  threads/new');
  expect(text).toMatch(/2 claims in both: 1 changed its verdict; 1 of 2 figures moved; 0 counts differ/);
});

describe('the page', () => {
  test('shows the same, and forbids every request', () => {
    const page = comparisonPage(before, after, compareResults(before, after));
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).toContain('it took &lt;b&gt;too&lt;/b&gt; long');
    expect(page).toContain('1.58x down');
    expect(page).not.toMatch(/<script|src=|href=/);
  });

  test('has no markup but its own, whatever the results say', () => {
    const count = (page: string): number => page.split('<').length;
    const page = (text: string): string => {
      const one = made({ host: { ...madeHost, cpu: text } });
      const two = made({
        claims: [
          madeClaim('threads/kill', { verdict: 'refuted', reason: text, figures: [madeFigure(text, 9)] }),
          madeClaim('a/b'),
        ],
      });
      const first = made({ claims: [madeClaim('threads/kill', { figures: [madeFigure(text, 1)] })] });
      return comparisonPage(
        { ...one, claims: first.claims },
        two,
        compareResults({ ...one, claims: first.claims }, two),
      );
    };
    const plain = count(page('plain'));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', '=') }),
        (text) => count(page(text)) === plain,
      ),
    );
  });
});

test('the command compares two files and writes the page where it is asked to', async () => {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file('a.json'), JSON.stringify(before));
  writeFileSync(file('b.json'), JSON.stringify(after));
  const args = ['compare', file('a.json'), file('b.json'), '--html', file('c.html')];
  const { code, stdout, stderr } = await runToEnd('verdicts', folder, args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Verdicts that changed');
  expect(readFileSync(file('c.html'), 'utf8')).toContain('<h1>Two runs side by side</h1>');
});
