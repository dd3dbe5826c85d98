// How many tasks a recipe has under way at once: its results alone do not show whether one waited for the other.

import type { Processes } from '../cpu-scaling/recipe.ts';

export interface UnderWay {
  /** The same lanes, whose tasks are counted while they are under way. */
  watch<Input, Output>(lanes: Processes<Input, Output>): Processes<Input, Output>;
  /** The most at once so far. */
  most(): number;
}

export function openUnderWay(): UnderWay {
  let [underWay, most] = [0, 0];
  return {
    watch: (lanes) => ({
      ...lanes,
      async run(inputs) {
        underWay += inputs.length;
        most = Math.max(most, underWay);
        try {
          return await lanes.run(inputs);
        } finally {
          underWay -= inputs.length;
        }
      },
    }),
    most: () => most,
  };
}
