// Dates and times of ISO 8601: 2024-03-01, 2024-03-01 12:30, 2024-03-01T12:30:00.5+02:00.

/** A point of time. */
export interface Time {
  /** With an offset it is the same moment everywhere; without one it depends on the place. */
  readonly kind: 'instant' | 'local';
  /** Whole seconds since the beginning of the year -2000 of the Gregorian calendar, minus the offset: always positive. */
  readonly seconds: number;
  /** The digits behind the decimal point of the seconds. */
  readonly fraction: string;
}

const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?(Z|[+-]\d\d(?::?\d\d)?))?)?$/i;

/** Years of whole cycles of the calendar: Date.UTC takes the years 0 to 99 for those of the 20th century. */
const SHIFT = 2_000;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The time that a text says; undefined where it says none: the 30th of February, 25 o'clock. A date is its first moment. */
export function toTime(text: string): Time | undefined {
  const found = FORM.exec(text);
  if (found === null) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const [hour, minute, second] = [Number(found[4] ?? 0), Number(found[5] ?? 0), Number(found[6] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined; // 60 is a leap second
  const offset = found[8];
  const away = offset === undefined ? 0 : minutesOf(offset);
  if (away === undefined) return undefined;
  const midnight = Date.UTC(year + SHIFT, month - 1, day) / 1_000;
  const seconds = midnight + hour * 3_600 + (minute - away) * 60 + second;
  return { kind: offset === undefined ? 'local' : 'instant', seconds, fraction: found[7] ?? '' };
}

function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : DAYS[month - 1]!;
}

/** Minutes before UTC: '+02:00', '+0200', '+02' or 'Z'. */
function minutesOf(offset: string): number | undefined {
  if (/^z$/i.test(offset)) return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || '0');
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
