// A piece of the simulation: how often, in so many groups of 23 people, two have the same birthday.

import { computing, probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { multiplyHigh, openStream } from '../recipe.ts';

export const PEOPLE = 23;
export const DAYS = 365;

/** Groups of a piece of computing: some tenths of a millisecond. */
const PIECE = 500;

export interface BirthdayJob {
  readonly seed: number;
  /** Which stream of the seed's numbers to draw from. */
  readonly stream: number;
  readonly groups: number;
}

export interface BirthdayAnswer {
  readonly hits: number;
  /** Of all numbers drawn, in their order: equal where streams drew the same numbers; hits may be equal by chance. */
  readonly fingerprint: number;
  readonly report: LaneReport;
}

export default function task({ seed, stream, groups }: BirthdayJob): BirthdayAnswer {
  let [hits, fingerprint] = [0, 0];
  const report = probe(() => {
    const draw = openStream(seed, stream);
    const next = (): number => {
      const word = draw();
      fingerprint = (Math.imul(fingerprint, 31) + word) >>> 0;
      return word;
    };
    const lastSeen = new Int32Array(DAYS).fill(-1);
    const computed = computing();
    for (let group = 0; group < groups; group++) {
      hits += haveSameBirthday(next, lastSeen, group) ? 1 : 0;
      if (group % PIECE === PIECE - 1) computed();
    }
    computed();
  });
  return { hits, fingerprint, report };
}

/** Draws all of them, also after a hit: so every group uses as many numbers. */
function haveSameBirthday(next: () => number, lastSeen: Int32Array, group: number): boolean {
  let same = false;
  for (let person = 0; person < PEOPLE; person++) {
    const day = multiplyHigh(next(), DAYS); // even to 1 in 10 million
    if (lastSeen[day] === group) same = true;
    lastSeen[day] = group;
  }
  return same;
}
