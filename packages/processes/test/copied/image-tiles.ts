import assert from 'node:assert/strict';
import { filterAlone, filterByProcesses, openTileProcesses } from '../../src/image-tiles/recipe.ts';

// A picture of 300 x 200 grey pixels, in six tiles by two processes.
const picture = { width: 300, height: 200, pixels: Uint8Array.from({ length: 60_000 }, (_, n) => n ** 2 % 251) };
const processes = openTileProcesses(2);
try {
  assert.deepEqual((await filterByProcesses(processes, picture, 100)).pixels, filterAlone(picture).pixels);
  console.log('Two processes filtered a picture in tiles: every byte is that of the picture filtered in one piece.');
} finally {
  await processes.close();
}
