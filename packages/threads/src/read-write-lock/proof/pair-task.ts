// What each thread runs: reads or writes of a pair of numbers that always belong together. Neighbours differ by what they
// do before and after.

import { meet, Occupancy, OCCUPANCY_WORDS, probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { Mutex } from '../../mutex/recipe.ts';
import { sharedWords } from '../../mutex/shared-words.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { ReadWriteLock, READ_WRITE_LOCK_WORDS } from '../recipe.ts';

/** What a thread is told. */
export interface PairJob {
  readonly way: PairWay;
  readonly role: 'reader' | 'writer';
  readonly times: number;
  readonly readers: number;
  readonly writers: number;
  readonly memory: SharedWords;
}

// The words: the pair, what was seen, the meeting points, the two witnesses, the lock.
const LEFT = 0;
const RIGHT = 1;
const TORN = 2;
const MIXED = 3;
const READERS_MEET = 4;
const ALL_MEET = 5;
const TRY_MEET = 6;
const READERS = 7;
const WRITERS = READERS + OCCUPANCY_WORDS;
const LOCK = WRITERS + OCCUPANCY_WORDS;

/** Looks of a reader while it is inside, about 1 us in all; and how long threads wait for one another at a meeting, ms. */
const LOOKS = 50;
const MEETING_MS = 500;

/** Fresh memory for a job. */
export function pairMemory(): SharedWords {
  return sharedWords(LOCK + READ_WRITE_LOCK_WORDS);
}

/** What the threads of a job have seen of one another. */
export function seen(memory: SharedWords) {
  return {
    written: memory[LEFT]!,
    /** Reads in which the two numbers did not belong together. */
    tornReads: memory[TORN]!,
    /** The most readers that were inside at once. */
    mostReaders: new Occupancy(memory, READERS).most,
    /** Entries of a writer to others, or of a reader to a writer. */
    writerOverlaps: memory[MIXED]! + new Occupancy(memory, WRITERS).overlaps,
  };
}

/** Looks at the pair so many times: a reader has to be inside for a while to meet anybody. */
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

const ways = {
  /** Readers see halves. They meet the writers once between the two halves, so that it happens here. */
  nothing({ role, times, memory, readers, writers }: PairJob) {
    const meetAll = () => meet(memory, ALL_MEET, readers + writers);
    const once = (n: number) => (n === 0 ? () => (meetAll(), meetAll()) : undefined);
    for (let n = 0; n < times; n++) {
      if (role === 'writer') {
        write(memory, once(n));
      } else {
        if (n === 0) meetAll();
        read(memory, 1);
        if (n === 0) meetAll();
      }
    }
  },

  /** Nobody sees a half, readers are inside together. */
  'read-write lock'({ role, times, memory, readers, writers }: PairJob) {
    const lock = new ReadWriteLock(memory, LOCK);
    const reading = new Occupancy(memory, READERS);
    const writing = new Occupancy(memory, WRITERS);
    const all = readers + writers;
    // Once for certain: all readers inside together, and a writer that tries meanwhile. Whoever is kept out where it should
    // not be keeps the others waiting, until the time is over.
    if (role === 'reader') {
      lock.withRead(() => {
        reading.enter();
        meet(memory, READERS_MEET, readers, MEETING_MS);
        meet(memory, TRY_MEET, all, MEETING_MS);
        meet(memory, TRY_MEET, all, MEETING_MS);
        reading.leave();
      });
    } else {
      meet(memory, TRY_MEET, all, MEETING_MS);
      if (lock.tryLockWrite()) {
        Atomics.add(memory, MIXED, 1);
        lock.unlockWrite();
      }
      meet(memory, TRY_MEET, all, MEETING_MS);
    }
    meet(memory, ALL_MEET, all);
    const readWatched = (): void => {
      reading.enter();
      if (writing.inside > 0) Atomics.add(memory, MIXED, 1);
      read(memory, LOOKS);
      reading.leave();
    };
    const writeWatched = (): void => {
      writing.enter();
      if (reading.inside > 0) Atomics.add(memory, MIXED, 1);
      write(memory, () => {
        for (let look = 0; look < LOOKS; look++) Atomics.load(memory, LEFT);
      });
      writing.leave();
    };
    for (let n = 0; n < times; n++) {
      if (role === 'reader') lock.withRead(readWatched);
      else lock.withWrite(writeWatched);
    }
  },

  /** Reads alone under each kind of lock, unwatched: for what the lock costs. */
  'read lock only'({ times, memory }: PairJob) {
    const lock = new ReadWriteLock(memory, LOCK);
    for (let n = 0; n < times; n++) {
      lock.lockRead();
      read(memory, 1);
      lock.unlockRead();
    }
  },
  'mutex only'({ times, memory }: PairJob) {
    const mutex = new Mutex(memory, LOCK);
    for (let n = 0; n < times; n++) {
      mutex.lock();
      read(memory, 1);
      mutex.unlock();
    }
  },
};

export type PairWay = keyof typeof ways;

export default function pair(job: PairJob): LaneReport {
  meet(job.memory, ALL_MEET, job.readers + job.writers);
  return probe(() => ways[job.way](job));
}
