import type { CoresPlot, LinePlot } from '@cookbook/lab/claim';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadOf } from '../src/page/plot/cores.ts';
import { inWords, openPictures } from '../src/page/plot/figure.ts';
import { madeCores, madeSweep } from './fixtures/page-results.ts';

test('a picture needs nothing that the policy of the page forbids, and names nothing twice', () => {
  const draw = openPictures();
  const drawn = [madeCores, madeSweep].map((plot) => draw(plot).toString()).join('');
  expect(drawn).not.toMatch(/ style=|<style|clip-path|url\(|xlink|class="zr/);
  const ids = [...drawn.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toEqual(['picture-1-wide', 'picture-1-narrow', 'picture-2-wide', 'picture-2-narrow']);
});

test('a picture that is shown again refers to its first drawing', () => {
  const draw = openPictures();
  const first = draw(madeSweep).toString();
  const second = draw(madeSweep).toString();
  expect(first).toContain('<g id="picture-1-wide">');
  expect(second).toContain('<use href="#picture-1-wide"/>');
  expect(second.length).toBeLessThan(first.length / 2);
});

test('colours are variables of the page, so that a picture follows light and dark', () => {
  const drawn = [madeCores, madeSweep].map((plot) => openPictures()(plot).toString()).join('');
  const colours = [...drawn.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour!);
  const fixed = colours.filter((colour) => !/^(?:none|transparent|var\(--[\w-]+\))$/.test(colour));
  expect(fixed).toEqual([]);
});

test('every interval is drawn as a bar, and nothing is drawn for a point without one', () => {
  const bars = (plot: LinePlot) =>
    [
      ...openPictures()(plot)
        .toString()
        .matchAll(/ d="([^"]*)"[^>]*stroke-width="1.5"/g),
    ].flatMap(([, path]) => path!.match(/M/g)).length;
  const { series } = madeSweep as LinePlot;
  const points = series[0]!.points.map(({ x, y }) => ({ x, y }));
  const without: LinePlot = { ...(madeSweep as LinePlot), series: [{ name: 'plain', points }] };
  const withIntervals: LinePlot = { ...without, series: [series[0]!] };
  expect(bars(without)).toBe(0);
  expect(bars(withIntervals)).toBe(2 * 3 * 3); // two widths, three points, a bar with two ends
});

test('words beside a picture tell what it shows', () => {
  expect(inWords(madeSweep)).toBe(
    'Speedup of worker threads. potential speedup (speedup over threads): from 1 at 1 to 3.70 at 4. ' +
      'as many as cores (speedup over threads): from 1 at 1 to 2 at 4.',
  );
  expect(inWords(madeCores)).toContain('worker threads: 1.0 s with 1.90 cores loaded.');
});

test('the load is weighed by the time that a sample stands for', () => {
  const samples = [
    { at: 100, loads: [1] },
    { at: 400, loads: [0] },
  ];
  expect(loadOf({ name: '', samples })).toEqual({ seconds: 0.4, cores: 0.25, means: [0.25] });
});

test('axes without a number to show, and any number that JSON can hold, are drawn without an error', () => {
  const number = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
  const point = fc.record({ x: number, y: number });
  const scale = fc.constantFrom('linear' as const, 'log' as const);
  fc.assert(
    fc.property(fc.array(point, { maxLength: 4 }), scale, scale, (points, x, y) => {
      const plot: LinePlot = {
        kind: 'lines',
        title: 'any',
        x: { label: 'x', unit: 'count', scale: x },
        y: { label: 'y', unit: 'ms', scale: y },
        series: [{ name: 'any', points }],
      };
      expect(openPictures()(plot).toString()).not.toContain('NaN');
    }),
    { numRuns: 60 },
  );
});

test('sixty-four cores are drawn as eight groups of neighbours', () => {
  const loads = Array.from({ length: 64 }, () => 0.5);
  const plot: CoresPlot = { kind: 'cores', title: 'many', rows: [{ name: 'all', samples: [{ at: 100, loads }] }] };
  const drawn = openPictures()(plot).toString();
  expect(drawn).toContain('>0 to 7<');
  expect(drawn).toContain('>56 to 63<');
  const areas = [...drawn.matchAll(/ d="([^"]*)" fill="var\(--s1\)"/g)].map(([, path]) => path!.match(/Z/g)?.length);
  expect(areas).toEqual([8, 8]);
});

test('a curve of many points has no marks but a stroke of its own, and a table that can be read', () => {
  const points = Array.from({ length: 300 }, (_, x) => ({ x, y: x % 7 }));
  const plot: LinePlot = {
    ...(madeSweep as LinePlot),
    x: { label: 'time', unit: 'ms', scale: 'linear' },
    series: [
      { name: 'one', points },
      { name: 'other', points },
    ],
  };
  const drawn = openPictures()(plot).toString();
  expect(drawn.match(/A1 1 0/g)).toBeNull();
  expect(drawn.match(/stroke-dasharray="8,?\s?3"/g)).toHaveLength(3); // two widths and the key
  expect(drawn.match(/<tr>/g)).toHaveLength(1 + 40);
  expect(drawn).toContain(', 40 of 300 rows');
});

test('a logarithmic axis names more than its ends, however many powers it spans', () => {
  const named = (most: number) => {
    const points = [1, most].map((x) => ({ x, y: x }));
    const drawn = openPictures()({ ...(madeSweep as LinePlot), series: [{ name: 'any', points }] }).toString();
    const [wide] = drawn.split('class="narrow"');
    return [...wide!.matchAll(/text-anchor="middle"[^>]*>([\d,]+)</g)].map(([, text]) => text);
  };
  expect(named(4)).toEqual(['1', '2', '4']);
  expect(named(1_024)).toEqual(['1', '4', '16', '64', '256', '1,024']);
  expect(named(1_000_000)).toEqual(['1', '10', '100', '1,000', '10,000', '100,000', '1,000,000']);
});
