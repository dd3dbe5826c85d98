// A measured quantity: its value, its interval, its bound, and all of them in words.

/** A limit that a figure has to keep, both ends included. */
export interface Bound {
  readonly least?: number;
  readonly most?: number;
}

/** One measured quantity: the median of its samples and the interval that holds the true median. */
export interface Figure {
  /** Names it within its claim, for code that picks it: lower case with hyphens, such as 'lost-with-add'. */
  readonly key: string;
  /** Names it for a reader: 'counts lost with Atomics.add'. */
  readonly name: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** 'x' for a ratio, 'ms', 'count', 'MiB', '%' ... */
  readonly unit: string;
  readonly bound?: Bound;
}

/** A figure that was counted, not sampled: its interval is the count itself. */
export function counted(key: string, name: string, count: number, unit: string, bound?: Bound): Figure {
  return { key, name, median: count, low: count, high: count, unit, ...(bound && { bound }) };
}

/** The bound of a count that can have one value only. */
export function exactly(count: number): Bound {
  return { least: count, most: count };
}

/**
 * The figure of that key.
 *
 * @throws Error where there is none
 */
export function figureOf(figures: readonly Figure[], key: string): Figure {
  const found = figures.find((figure) => figure.key === key);
  if (found !== undefined) return found;
  throw new Error(`Expected a figure '${key}', got ${figures.map((figure) => `'${figure.key}'`).join(', ') || 'none'}`);
}

/**
 * The figures, first the one that stands for all: the first with a bound that the words name, else the first that they name,
 * else the first with a bound.
 */
export function leadingFirst(figures: readonly Figure[], words: readonly string[] = []): Figure[] {
  const named = [...words.join(' ').matchAll(/\{([a-z0-9-]+)/g)].flatMap(([, key]) =>
    figures.filter((figure) => figure.key === key),
  );
  const isBounded = ({ bound }: Figure): boolean => bound !== undefined;
  const leading = named.find(isBounded) ?? named[0] ?? figures.find(isBounded);
  return leading === undefined ? [...figures] : [leading, ...figures.filter((figure) => figure !== leading)];
}

/** Whether a figure keeps its bound; a figure without one does. Looks at the median alone. */
export function keepsBound({ median, bound }: Figure): boolean {
  return median >= (bound?.least ?? -Infinity) && median <= (bound?.most ?? Infinity);
}

/** 'potential speedup, 2 threads: 1.94x [1.90, 1.97], at least 1.5x' */
export function describeFigure(figure: Figure): string {
  const bound = describeBound(figure);
  return `${figure.name}: ${describeValue(figure)}${bound && `, ${bound}`}`;
}

/** '1.94x [1.90, 1.97]'; a count has no interval. */
export function describeValue(figure: Figure): string {
  const { median, low, high, unit } = figure;
  const value = withUnit(formatNumber(median), unit);
  return isExact(figure) ? value : `${value} [${formatNumber(low)}, ${formatNumber(high)}]`;
}

/** 'at least 1.5x', 'exactly 3 tasks', 'never' of what must not be seen at all; empty where there is no bound. */
export function describeBound({ bound, unit }: Figure): string {
  const { least, most } = bound ?? {};
  if (least !== undefined && least === most) return `exactly ${withUnit(formatNumber(least), unit)}`;
  if (most === 0 && least === undefined) return 'never';
  return [
    least === undefined ? '' : `at least ${withUnit(formatNumber(least), unit)}`,
    most === undefined ? '' : `at most ${withUnit(formatNumber(most), unit)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * A sentence with its figures filled in, each by its key: '{key}' is the value, '{key range}' the value with its
 * interval, '{key number}' the value without its unit, '{key or none}' the word for zero.
 *
 * Sampled values have two significant digits here; the table beside the sentence has all that were measured.
 *
 * @throws Error where the sentence names a figure that is not there
 */
export function fillWords(words: string, figures: readonly Figure[]): string {
  return words.replaceAll(/\{([a-z0-9-]+)(?: (range|number|or none))?\}/g, (_, key: string, form?: string) => {
    const figure = figureOf(figures, key);
    const value = withUnit(short(figure.median, figure), figure.unit);
    if (form === 'number') return short(figure.median, figure);
    if (form === 'or none' && figure.median === 0) return 'none';
    return form === 'range' && !isExact(figure) ? `${value} (${rangeOf(figure)})` : value;
  });
}

/** '34 to 40 %', '1.9 to 2.0x' */
function rangeOf(figure: Figure): string {
  return `${short(figure.low, figure)} to ${withUnit(short(figure.high, figure), figure.unit)}`;
}

/** A count as it is, a sample with two significant digits. */
function short(value: number, figure: Figure): string {
  if (isExact(figure) && Number.isInteger(value)) return formatNumber(value);
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(2));
  if (Math.abs(rounded) >= 10) return rounded.toLocaleString('en-US');
  return Math.abs(rounded) >= 1 ? rounded.toFixed(1) : String(rounded);
}

function isExact({ median, low, high }: Figure): boolean {
  return low === median && high === median;
}

function withUnit(value: string, unit: string): string {
  return unit === 'x' ? `${value}x` : `${value} ${unit}`;
}

/** '1.94x' */
export function inTimes(ratio: number): string {
  return `${ratio.toFixed(2)}x`;
}

/** Three significant digits below 1,000, whole numbers with separators from there on. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1_000) return Math.round(value).toLocaleString('en-US');
  return size >= 100 ? value.toFixed(0) : size >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
}
