import assert from 'node:assert/strict';
import { once } from 'node:events';
import { endWithParent, forkWithPipe } from '../../src/end-with-parent/recipe.ts';

// This file is both the program and the child that it forks.
if (process.argv[2] === 'child') {
  endWithParent();
  process.send!('computing');
  for (;;);
}
const child = forkWithPipe(new URL(import.meta.url), ['child']);
await once(child, 'message');
child.stdin!.destroy(); // what the system does when this process is gone
const end = await once(child, 'exit'); // code and signal; Windows has no signals
assert.deepEqual(end, process.platform === 'win32' ? [1, null] : [null, 'SIGKILL']);
console.log('An endless loop was ended when its stdin closed.');
