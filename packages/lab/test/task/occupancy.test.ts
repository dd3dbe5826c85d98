import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Occupancy, OCCUPANCY_WORDS } from '../../src/task/occupancy.ts';

test('any order of coming and going is counted as a model counts it', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean()), (steps) => {
      const occupancy = new Occupancy(new Int32Array(OCCUPANCY_WORDS + 2), 2);
      const model = { inside: 0, most: 0, overlaps: 0 };
      for (const come of steps) {
        if (come) {
          model.inside++;
          if (model.inside > 1) model.overlaps++;
          model.most = Math.max(model.most, model.inside);
          expect(occupancy.enter()).toBe(model.inside);
        } else if (model.inside > 0) {
          model.inside--;
          occupancy.leave();
        }
      }
      const { inside, most, overlaps } = occupancy;
      expect({ inside, most, overlaps }).toEqual(model);
    }),
  );
});
