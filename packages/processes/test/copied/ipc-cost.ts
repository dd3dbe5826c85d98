import assert from 'node:assert/strict';
import { openPeer } from '../../src/ipc-cost/recipe.ts';

const peer = openPeer('fork, advanced', new URL('./ipc-cost-task.ts', import.meta.url));
try {
  peer.send(Buffer.alloc(2 ** 20));
  assert.deepEqual(await peer.receive(), { bytes: 2 ** 20 });
  console.log('1 MiB of bytes arrived in another process.');
} finally {
  await peer.close();
}
