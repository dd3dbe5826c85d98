import { shapeAsTests } from '@cookbook/copy/testing';

// A lock is one class: what a reader copies is all of it, and half of it would be wrong.
shapeAsTests(new URL('../', import.meta.url), {
  mutex: { lines: 'the lock, its waiters and its recovery are one class' },
  semaphore: { lines: 'the permits and their waiters are one class' },
  starvation: { lines: 'the queue, its waiters and its recovery are one class' },
  'read-write-lock': { lines: 'readers, writers and their turns are one class' },
});
