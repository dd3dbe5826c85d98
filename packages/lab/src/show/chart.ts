// A chart of points in text, both axes logarithmic: for quantities that range over powers of ten, such as the time that a
// message takes by its size.

/** Points that share a mark. */
export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface ChartOptions {
  /** No line is longer; at least 40. */
  readonly columns: number;
  /** Lines of the drawing itself, axis and legend not counted; at least 4. */
  readonly rows?: number;
  /** Labels of the ticks. They are cut at 10 characters. */
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
  /** Where the ticks of the x axis stand; at the powers of ten by default. */
  readonly ticksX?: readonly number[];
}

const MARKS = 'abcdefghijklmnopqrstuvwxyz';
/** Several series at one place. */
const SEVERAL = '*';
const LABEL = 10;

/**
 * The chart as lines: the drawing, the x axis with its labels, and a legend that names the mark of each series.
 *
 * @throws RangeError where a value is not above 0, there is no point, or the width is under 40
 */
export function logChart(
  series: readonly Series[],
  { columns, rows = 14, formatX, formatY, ticksX }: ChartOptions,
): string[] {
  checkSize(columns, rows, series.length);
  const points = series.flatMap((one) => one.points);
  if (points.length === 0) throw new RangeError('Expected at least one point, got none');
  const x = logScale(
    points.map((point) => point.x),
    columns - LABEL - 3,
  );
  const y = logScale(
    points.map((point) => point.y),
    rows,
  );

  const cells = Array.from({ length: rows }, () => Array.from({ length: columns - LABEL - 3 }, () => ' '));
  for (const [index, { points: own }] of series.entries()) {
    for (const point of own) {
      const row = cells[rows - 1 - y.place(point.y)]!;
      const column = x.place(point.x);
      const there = row[column]!;
      row[column] = there === ' ' || there === MARKS[index] ? MARKS[index]! : SEVERAL;
    }
  }

  const labels = new Map(y.decades.map((decade) => [rows - 1 - y.place(decade), formatY(decade)]));
  const drawing = cells.map((row, index) => {
    const label = labels.get(index);
    return `${(label ?? '').slice(0, LABEL).padStart(LABEL)} ${label === undefined ? '│' : '┤'} ${row.join('')}`;
  });
  const [axis, names] = drawAxis(x, ticksX ?? x.decades, formatX, columns);
  return [...drawing, axis, names, ...legend(series, columns)].map((line) => line.trimEnd());
}

interface Scale {
  /** Powers of ten within the range. */
  readonly decades: readonly number[];
  readonly least: number;
  readonly most: number;
  /** Which of the `size` places a value falls into, from 0. */
  place(value: number): number;
}

/** A logarithmic scale from the least to the greatest of the values; one value alone stands in the first place. */
function logScale(values: readonly number[], size: number): Scale {
  const wrong = values.find((value) => !(value > 0 && Number.isFinite(value)));
  if (wrong !== undefined) throw new RangeError(`Expected every value to be a number above 0, got ${wrong}`);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const width = Math.log(most / least) || 1;
  const first = Math.ceil(Math.log10(least) - 1e-9);
  const last = Math.floor(Math.log10(most) + 1e-9);
  return {
    decades: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index)),
    least,
    most,
    place: (value) => Math.round((Math.log(value / least) / width) * (size - 1)),
  };
}

function drawAxis(
  x: Scale,
  ticks: readonly number[],
  format: (value: number) => string,
  columns: number,
): [axis: string, names: string] {
  const margin = LABEL + 3;
  const line = Array.from({ length: columns - margin }, () => '─');
  let names = '';
  for (const tick of ticks.filter((value) => value >= x.least && value <= x.most)) {
    const column = x.place(tick);
    line[column] = '┴';
    const name = format(tick).slice(0, LABEL);
    // Centred below its tick, moved inwards at the ends, left out where it would touch the one before.
    const start = Math.min(columns - name.length, Math.max(0, margin + column - Math.floor(name.length / 2)));
    if (names === '' || start > names.length + 1) names = names.padEnd(start) + name;
  }
  return [`${' '.repeat(LABEL)} └─${line.join('')}`, names];
}

/** 'a one  b two', as many on a line as fit. */
function legend(series: readonly Series[], columns: number): string[] {
  const lines: string[] = [];
  for (const [index, { name }] of series.entries()) {
    const entry = `${MARKS[index]} ${name}`.slice(0, columns);
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + entry.length <= columns) lines[lines.length - 1] = `${last}   ${entry}`;
    else lines.push(entry);
  }
  return lines;
}

function checkSize(columns: number, rows: number, series: number): void {
  if (!Number.isInteger(columns) || columns < 40) {
    throw new RangeError(`Expected \`columns\` to be an integer from 40 up, got ${columns}`);
  }
  if (!Number.isInteger(rows) || rows < 4)
    throw new RangeError(`Expected \`rows\` to be an integer from 4 up, got ${rows}`);
  if (series < 1 || series > MARKS.length) {
    throw new RangeError(`Expected from 1 to ${MARKS.length} series, got ${series}`);
  }
}

/**
 * A drawing as one note of a measurement: with spaces that do not break, so that what wraps notes leaves it alone. Draw
 * it 4 columns narrower than the screen: notes are indented.
 */
export function asNote(lines: readonly string[]): string {
  return lines.map((line) => line.replaceAll(' ', '\u00a0')).join('\n');
}
