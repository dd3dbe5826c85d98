import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedWords } from '../../src/mutex/shared-words.ts';
import { ways } from '../../src/web-locks/recipe.ts';

for (const exclusive of [ways['navigator.locks']('my section'), ways['Mutex.lockAsync'](sharedWords(1))]) {
  let [inside, most] = [0, 0];
  const enter = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await sleep(5);
    inside--;
  };
  await Promise.all([exclusive(enter), exclusive(enter), exclusive(enter)]);
  assert.equal(most, 1);
}
console.log('Of three tasks one was inside at a time.');
