import { expect, test } from 'vitest';
import { handOver } from '../src/shared-memory/recipe.ts';

test('of all that is passed to a worker only a SharedArrayBuffer is one memory', async () => {
  expect(await handOver()).toEqual({
    object: { sender: 0, worker: 1 },
    copied: { sender: 0, worker: 1 },
    transferred: { sender: undefined, worker: 1 },
    bytesLeft: 0,
    back: 1,
    shared: { sender: 1, worker: 1 },
    module: { sender: 0, worker: 5 },
    environmentVariable: undefined,
  });
});
