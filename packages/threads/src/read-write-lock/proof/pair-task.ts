// What each thread runs: it reads or writes a pair of numbers that always belong together. Neighbours differ by what they
// do before and after.

import { meet, Occupancy, OCCUPANCY_WORDS } from '@cookbook/lab/task';
import { Mutex } from '../../mutex/recipe.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { OWN_WORDS, startTogether, witnessOf } from '../../proof/start-together.ts';
import type { Job } from '../../proof/start-together.ts';
import { ReadWriteLock, READ_WRITE_LOCK_WORDS } from '../recipe.ts';

export type PairWay = 'nothing' | 'read-write lock' | 'read lock only' | 'mutex only';

/** How many of the threads, the first ones, are readers. The others are writers. */
export interface Roles {
  readonly readers: number;
}

const LEFT = OWN_WORDS;
const RIGHT = OWN_WORDS + 1;
const TORN = OWN_WORDS + 2;
const MIXED = OWN_WORDS + 3;
const READERS_MEET = OWN_WORDS + 4;
const ALL_MEET = OWN_WORDS + 5;
const TRY_MEET = OWN_WORDS + 6;
const WRITERS = OWN_WORDS + 7; // a witness of their own; that of the run counts readers
const LOCK = WRITERS + OCCUPANCY_WORDS;
/** The words above. */
export const PAIR_WORDS: number = LOCK + READ_WRITE_LOCK_WORDS - OWN_WORDS;

/** Reads of the pair by a reader while it is inside, about 1 us in all; and how long threads wait at a meeting, ms. */
const LOOKS = 50;
const MEETING_MS = 500;

/** What the threads of a run have seen of one another. */
export function seen(memory: SharedWords) {
  return {
    written: memory[LEFT]!,
    /** Reads in which the two numbers did not belong together. */
    tornReads: memory[TORN]!,
    /** The most readers that were inside at once. */
    mostReaders: witnessOf(memory).most,
    /** Entries of a writer while others were inside, or of a reader while a writer was. */
    writerOverlaps: memory[MIXED]! + new Occupancy(memory, WRITERS).overlaps,
  };
}

/** Looks at the pair so many times: a reader has to be inside for a while to meet another. */
function read(memory: SharedWords, looks: number): void {
  let torn = false;
  for (let look = 0; look < looks; look++) torn ||= Atomics.load(memory, LEFT) !== Atomics.load(memory, RIGHT);
  if (torn) Atomics.add(memory, TORN, 1);
}

function write(memory: SharedWords, inBetween = () => {}): void {
  memory[LEFT]!++;
  inBetween();
  memory[RIGHT]!++;
}

/**
 * Once for certain: all readers inside together, and a writer that tries meanwhile. Where the lock keeps a thread out that
 * it should let in, the others wait for it until the time is over.
 */
function meetInside({ index, threads, memory, own }: Job<PairWay, Roles>, lock: ReadWriteLock): void {
  const meetAll = () => meet(memory, TRY_MEET, threads, MEETING_MS);
  if (index < own.readers) {
    lock.withRead(() => {
      const readers = witnessOf(memory);
      readers.enter();
      meet(memory, READERS_MEET, own.readers, MEETING_MS);
      meetAll();
      meetAll();
      readers.leave();
    });
  } else {
    meetAll();
    if (lock.tryLockWrite()) {
      Atomics.add(memory, MIXED, 1);
      lock.unlockWrite();
    }
    meetAll();
  }
  meet(memory, ALL_MEET, threads);
}

export default startTogether<PairWay, Roles>({
  /** Readers see halves. They meet the writers once between the two halves, so that it happens here. */
  nothing({ index, times, memory, threads, own }) {
    const meetAll = () => meet(memory, ALL_MEET, threads);
    const once = (n: number) => (n === 0 ? () => (meetAll(), meetAll()) : undefined);
    for (let n = 0; n < times; n++) {
      if (index >= own.readers) {
        write(memory, once(n));
      } else {
        if (n === 0) meetAll();
        read(memory, 1);
        if (n === 0) meetAll();
      }
    }
  },

  /** No reader sees a half, and readers are inside together. */
  'read-write lock'(job) {
    const { index, times, memory, own } = job;
    const lock = new ReadWriteLock(memory, LOCK);
    const readers = witnessOf(memory);
    const writers = new Occupancy(memory, WRITERS);
    meetInside(job, lock);
    const readWatched = (): void => {
      readers.enter();
      if (writers.inside > 0) Atomics.add(memory, MIXED, 1);
      read(memory, LOOKS);
      readers.leave();
    };
    const writeWatched = (): void => {
      writers.enter();
      if (readers.inside > 0) Atomics.add(memory, MIXED, 1);
      write(memory, () => {
        for (let look = 0; look < LOOKS; look++) Atomics.load(memory, LEFT);
      });
      writers.leave();
    };
    for (let n = 0; n < times; n++) {
      if (index < own.readers) lock.withRead(readWatched);
      else lock.withWrite(writeWatched);
    }
  },

  /** Reads alone under each kind of lock, unwatched: for what the lock costs. */
  'read lock only'({ times, memory }) {
    const lock = new ReadWriteLock(memory, LOCK);
    for (let n = 0; n < times; n++) {
      lock.lockRead();
      read(memory, 1);
      lock.unlockRead();
    }
  },
  'mutex only'({ times, memory }) {
    const mutex = new Mutex(memory, LOCK);
    for (let n = 0; n < times; n++) {
      mutex.lock();
      read(memory, 1);
      mutex.unlock();
    }
  },
});
