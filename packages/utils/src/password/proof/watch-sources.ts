// Where random numbers come from, which they do not show themselves: those of Math.random pass every count.

import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

export interface Sources {
  /** Bytes that were taken from the random source of the system by `randomBytes`. */
  readonly systemBytes: number;
  /** Calls of Math.random. */
  readonly mathCalls: number;
}

/** What `draw` takes from both sources, in every module of this thread. Both are as they were when this returns. */
export function watchSources(draw: () => void): Sources {
  const { randomBytes } = crypto;
  const { random } = Math;
  let [systemBytes, mathCalls] = [0, 0];
  crypto.randomBytes = (size: number) => {
    systemBytes += size;
    return randomBytes(size);
  };
  Math.random = () => {
    mathCalls += 1;
    return random();
  };
  syncBuiltinESMExports(); // `import { randomBytes }` sees the replacement too
  try {
    draw();
  } finally {
    crypto.randomBytes = randomBytes;
    Math.random = random;
    syncBuiltinESMExports();
  }
  return { systemBytes, mathCalls };
}
