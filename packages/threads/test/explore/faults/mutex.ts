// Faults of the mutex.

import { NOBODY } from './known-fault.ts';
import type { KnownFault } from './known-fault.ts';

const MUTEX = 'mutex/recipe.ts';

export const MUTEX_FAULTS: readonly KnownFault[] = [
  {
    name: 'unlock wakes nobody',
    file: MUTEX,
    from: 'Atomics.notify(this.#memory, this.#at, (seen & TASKS) === 0 ? 1 : Infinity);',
    to: '',
    scenario: 'three threads',
    wrong: NOBODY,
  },
  {
    name: 'the lock is tested, then set',
    file: MUTEX,
    from: 'return Atomics.compareExchange(this.#memory, this.#at, from, to) === from;',
    to: `if (Atomics.load(this.#memory, this.#at) !== from) return false;
         Atomics.store(this.#memory, this.#at, to);
         return true;`,
    scenario: 'three threads',
    wrong: /inside together: holder and holder/,
  },
  {
    name: 'no second look after the wait',
    file: MUTEX,
    from: 'Atomics.wait(this.#memory, this.#at, seen, left);',
    to: 'Atomics.wait(this.#memory, this.#at, seen, left); break;',
    scenario: 'three threads',
    wrong: /Expected the owner to be|inside together/,
  },
  {
    name: 'a thread that was woken takes the lock without the mark',
    file: MUTEX,
    from: 'this.#take(FREE, this.#self | SLEEPERS)',
    to: 'this.#take(FREE, this.#self)',
    scenario: 'three threads',
    wrong: NOBODY,
  },
  {
    name: 'unlock wakes before it frees',
    file: MUTEX,
    from: `const seen = Atomics.exchange(this.#memory, this.#at, FREE);
    Atomics.notify(this.#memory, this.#at, (seen & TASKS) === 0 ? 1 : Infinity);`,
    to: `const seen = Atomics.load(this.#memory, this.#at);
    Atomics.notify(this.#memory, this.#at, (seen & TASKS) === 0 ? 1 : Infinity);
    Atomics.store(this.#memory, this.#at, FREE);`,
    scenario: 'three threads',
    wrong: NOBODY,
  },
  {
    name: 'unlock looks, then frees: a mark that comes in between is lost',
    file: MUTEX,
    from: 'const seen = Atomics.exchange(this.#memory, this.#at, FREE);',
    to: 'const seen = Atomics.load(this.#memory, this.#at); Atomics.store(this.#memory, this.#at, FREE);',
    scenario: 'one that waits both ways',
    wrong: NOBODY,
  },
  {
    name: 'a thread gives up before it announces the sleepers',
    file: MUTEX,
    from: `for (let seen; (seen = this.#takeOrAnnounce(SLEEPERS)) !== FREE;) {
      // Only now: a thread that gives up has announced the sleepers, so a wake that it used up is not lost to them.
      const left = deadline - performance.now();`,
    to: `for (let seen; ;) {
      const left = deadline - performance.now();
      if (left <= 0) return false;
      if ((seen = this.#takeOrAnnounce(SLEEPERS)) === FREE) break;`,
    scenario: 'one with a time limit',
    wrong: NOBODY,
  },
  {
    name: 'the bit for tasks is left out',
    file: MUTEX,
    from: 'this.#takeOrAnnounce(TASKS)',
    to: 'this.#takeOrAnnounce(SLEEPERS)',
    scenario: 'one that waits both ways',
    wrong: NOBODY,
  },
  {
    name: 'the bit for tasks is left out, and a task is given up',
    file: MUTEX,
    from: 'this.#takeOrAnnounce(TASKS)',
    to: 'this.#takeOrAnnounce(SLEEPERS)',
    scenario: 'two threads and a task with a signal',
    wrong: NOBODY,
  },
  {
    name: 'unlock wakes one though tasks wait',
    file: MUTEX,
    from: '(seen & TASKS) === 0 ? 1 : Infinity',
    to: '1',
    scenario: 'one that waits both ways',
    wrong: NOBODY,
  },
  {
    name: 'a task does not look again after its wait',
    file: MUTEX,
    from: 'await Promise.race([Atomics.waitAsync(this.#memory, this.#at, seen, left).value, aborted]);',
    to: 'await Promise.race([Atomics.waitAsync(this.#memory, this.#at, seen, left).value, aborted]); break;',
    scenario: 'a thread and two tasks',
    wrong: /Expected the owner to be|inside together/,
  },
  {
    name: 'recover wakes nobody',
    file: MUTEX,
    from: `Atomics.notify(this.#memory, this.#at);
    return held;`,
    to: 'return held;',
    scenario: 'three threads, 1 killed',
    wrong: NOBODY,
  },
  {
    name: 'recover wakes only where the dead thread held the lock: a wake that it was given is lost',
    file: MUTEX,
    from: `Atomics.notify(this.#memory, this.#at);
    return held;`,
    to: `if (held) Atomics.notify(this.#memory, this.#at);
    return held;`,
    scenario: 'three threads, 1 killed',
    wrong: NOBODY,
  },
  {
    name: 'recover knows nothing of the mark of tasks',
    file: MUTEX,
    from: '[0, SLEEPERS, TASKS, SLEEPERS | TASKS]',
    to: '[0, SLEEPERS]',
    scenario: 'two threads and a task, 1 killed',
    wrong: NOBODY,
  },
  {
    name: 'recover looks, then frees: two of them free it twice',
    file: MUTEX,
    from: 'const held = [0, SLEEPERS, TASKS, SLEEPERS | TASKS].some((waiting) => this.#take(dead | waiting, FREE));',
    to: `const held = this.owner === deadThread;
    if (held) Atomics.store(this.#memory, this.#at, FREE);`,
    scenario: 'two recover one, 1 killed',
    wrong: /recovered 2 times|Expected the owner to be|inside together/,
  },
  {
    name: 'recover frees whatever it finds',
    file: MUTEX,
    from: 'const held = [0, SLEEPERS, TASKS, SLEEPERS | TASKS].some((waiting) => this.#take(dead | waiting, FREE));',
    to: 'const held = (Atomics.exchange(this.#memory, this.#at, FREE) & dead) !== 0;',
    scenario: 'three threads, 1 killed',
    wrong: /Expected the owner to be|inside together|held by this thread/,
  },
];
