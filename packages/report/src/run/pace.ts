// Which claim is next and how long it may take: every one in its order, or in twenty seconds what fits.

import { chapterOf } from '@cookbook/lab/claim';

/** The next claim of a run, and what it may take. */
export interface Step {
  readonly id: string;
  /** Seconds for which it may be measured again while it is inconclusive. */
  readonly timeBudget: number;
  /** ms after which its process is killed. */
  readonly limit: number;
}

export interface Pace {
  /** Which of the claims is next; undefined where all of them are to be left out. */
  next(ids: readonly string[]): Step | undefined;
  /** Whether a claim that is over its limit is left out, or has failed. */
  readonly leavesOutLate: boolean;
  /** Seconds until everything has to be over, where there is such a moment. */
  timeLeft(): number | undefined;
}

/** No claim takes that long on a quiet machine, its budget aside: it hangs. */
const HANGS_AFTER_MS = 105_000;

/** Every claim in its order. */
export function everyClaim(timeBudget: number): Pace {
  return {
    next: ([id]) => (id === undefined ? undefined : { id, timeBudget, limit: timeBudget * 1_000 + HANGS_AFTER_MS }),
    leavesOutLate: false,
    timeLeft: () => undefined,
  };
}

/** The picture that a quick run is to show. It takes longer than a second, and is worth it. */
const PICTURE = 'processes/reality-check';
/** On a busy machine it would be measured again and again; its picture does not gain by that. */
const PICTURE_BUDGET_S = 1.5;
/** There it may be late all the same: a quick run without it would not show what it is for. */
const PICTURE_LIMIT_MS = 45_000;
/** What is kept free for it: what it took the last time and a quarter more, within these. */
const PICTURE_S = { least: 8, most: 12 };

/** Counts and sets rather than clocks: where nothing is known yet, most that take under a second stand there. */
const LIKELY_SHORT = ['pitfalls', 'utils'];
const SHORT_MS = 1_000;
/** The rank of a claim that may take any time. */
const UNKNOWN = LIKELY_SHORT.length + 1;

const QUICK_S = 20;
/** For the start of a chapter's process, the table, the page and the end. */
const ENDING_S = 2.5;

/**
 * The reality check and the claims that take under a second, until 20 s are over; on a busy machine the reality check
 * alone may make it later.
 *
 * Which those are is not declared, for such a list would rot: it is known from earlier runs on this host, and those
 * that took longer are left out. A claim that was never measured here is tried, for a second. Short ones come first as
 * long as enough time is left for the reality check, then that, then what still fits.
 *
 * @param known seconds that claims took in earlier runs on this host, by id
 * @param clock seconds since the command began
 */
export function quick(known: ReadonlyMap<string, number>, clock: () => number): Pace {
  const left = (): number => QUICK_S - ENDING_S - clock();
  const picture = (known.get(PICTURE) ?? PICTURE_S.most) * 1.25;
  const reserve = Math.min(PICTURE_S.most, Math.max(PICTURE_S.least, picture));

  /** The most likely to be short first, and those of a chapter together: its process is started once then. */
  const rank = (id: string): number => {
    const place = LIKELY_SHORT.indexOf(chapterOf({ id }));
    if (place !== -1) return place;
    return known.has(id) ? LIKELY_SHORT.length : UNKNOWN;
  };
  return {
    next(ids) {
      const pictureIsDue = ids.includes(PICTURE);
      const [id] = ids
        .filter((one) => one !== PICTURE && (known.get(one) ?? 0) * 1_000 < SHORT_MS)
        .filter((one) => !pictureIsDue || rank(one) < UNKNOWN)
        .toSorted((a, b) => rank(a) - rank(b)); // a stable sort: in reading order otherwise
      if (id !== undefined) {
        const limit = known.has(id) ? 2 * SHORT_MS : SHORT_MS; // a short one that is late by accident may go on
        const fits = (left() - (pictureIsDue ? reserve : 0)) * 1_000 >= limit;
        if (fits) return { id, timeBudget: limit / 1_000, limit };
      }
      return pictureIsDue ? { id: PICTURE, timeBudget: PICTURE_BUDGET_S, limit: PICTURE_LIMIT_MS } : undefined;
    },
    leavesOutLate: true,
    timeLeft: () => Math.max(0, left()),
  };
}
