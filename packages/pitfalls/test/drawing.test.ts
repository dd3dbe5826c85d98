import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawArrows, drawNames } from '../src/pitfall/drawing.ts';

const shared = [1, 2, 3];

test('two names of one object lead to one box, between them', () => {
  expect(drawNames({ a: shared, b: shared })).toBe(['a ──┐', '    ├──▶ [ 1, 2, 3 ]', 'b ──┘'].join('\n'));
});

test('three names of one object lead to it from the middle one', () => {
  expect(drawNames({ a: shared, b: shared, c: shared })).toBe(['a ──┐', 'b ──┼──▶ [ 1, 2, 3 ]', 'c ──┘'].join('\n'));
});

test('four names of one object have the arrow between the second and the third', () => {
  expect(drawNames({ a: shared, b: shared, c: shared, d: shared })).toBe(
    ['a ──┐', 'b ──┤', '    ├──▶ [ 1, 2, 3 ]', 'c ──┤', 'd ──┘'].join('\n'),
  );
});

test('equal objects that are not the same have a box each, and names are padded to the longest', () => {
  expect(drawNames({ a: [1], bcd: [1] })).toBe(['a   ─────▶ [ 1 ]', 'bcd ─────▶ [ 1 ]'].join('\n'));
});

test('equal primitives have a box each', () => {
  expect(drawNames({ a: 1, b: 1, c: null, d: null }).match(/▶/g)).toHaveLength(4);
});

test('a text given for an object stands in its box', () => {
  const memory = new ArrayBuffer(4);
  expect(drawArrows([{ name: 'a', to: memory, text: 'memory' }])).toBe('a ─────▶ memory');
});

test('there are as many boxes as different objects, and a row for every name', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 20 }), (targets) => {
      const objects = Array.from({ length: 6 }, (_, id) => ({ id }));
      const drawing = drawArrows(targets.map((target, index) => ({ name: `n${index}.`, to: objects[target] })));
      expect(drawing.match(/▶/g)).toHaveLength(new Set(targets).size);
      for (const index of targets.keys()) expect(drawing.match(new RegExp(`n${index}\\.`, 'g'))).toHaveLength(1);
    }),
  );
});
