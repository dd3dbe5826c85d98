// The drawing: tables, bars, the load of cores over time. Everything here is text from values; only `openScreen` writes.

import { styleText } from 'node:util';
import { Table } from 'console-table-printer';
import { createLogUpdate } from 'log-update';
import type { Screen } from '../claim/claim.ts';
import type { Judgement } from '../claim/judge.ts';
import type { CoreSample } from '../claim/plot.ts';
import { markOf } from './wording.ts';

/** A screen on a stream: drawings are replaced in place on a terminal and left out of a pipe. */
export function openScreen(stream: NodeJS.WriteStream): Screen & { close(): void } {
  const columns = stream.columns || 100; // a terminal that does not know its width says 0
  if (!stream.isTTY) {
    return { columns, draw() {}, print: (text) => void stream.write(`${text}\n`), close() {} };
  }
  const update = createLogUpdate(stream);
  return {
    columns,
    draw: (frame) => update(frame),
    print(text) {
      update.clear();
      stream.write(`${text}\n`);
    },
    close: () => {
      update.clear();
      update.done(); // shows the cursor again
    },
  };
}

const COLOURS = { holds: 'green', refuted: 'red', inconclusive: 'yellow', 'cannot-show': 'dim' } as const;

/** The sign of a verdict; the colour only repeats what it says. */
export function styleMark(judgement: Pick<Judgement, 'verdict' | 'qualifier'>): string {
  const mark = markOf(judgement);
  return styleText(mark === '!' ? 'yellow' : COLOURS[judgement.verdict], mark);
}

export function bold(text: string): string {
  return styleText('bold', text);
}

export function dim(text: string): string {
  return styleText('dim', text);
}

/**
 * Columns by name; numbers and figures read better aligned to the right: list those in `right`. Where a row would be longer
 * than `most`, the first column is broken at spaces.
 */
export function table(
  rows: readonly Readonly<Record<string, string>>[],
  right: readonly string[] = [],
  most = Infinity,
): string {
  const names = Object.keys(rows[0] ?? {});
  const [own = 0, ...widths] = names.map((name) => Math.max(name.length, ...rows.map((row) => row[name]!.length)));
  const room = Math.max(20, most - widths.reduce((sum, width) => sum + width + 3, 4));
  const none = { left: '', mid: '', right: '', other: '' };
  const drawing = new Table({
    shouldDisableColors: true,
    columns: names.map((name, index) => ({
      name,
      alignment: right.includes(name) ? 'right' : 'left',
      ...(index === 0 && { maxLen: Math.min(room, own) }),
    })),
    style: {
      headerTop: none,
      headerBottom: { left: '', mid: '─', right: '', other: '─' },
      tableBottom: none,
      vertical: ' ',
    },
  });
  drawing.addRows([...rows]);
  const lines = drawing
    .render()
    .split('\n')
    .map((line) => line.trimEnd());
  return lines.filter((line) => line !== '').join('\n');
}

/**
 * Breaks text at spaces so that no line is longer than `columns`, and puts `indent` before every line, `first` before the
 * first; a line's own indent stays.
 */
export function wrap(text: string, columns: number, indent = '', first = indent): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    const own = /^ */.exec(paragraph)![0];
    let line = own;
    for (const word of paragraph.slice(own.length).split(' ')) {
      const before = lines.length === 0 ? first : indent;
      if (line.trim() !== '' && before.length + line.length + 1 + word.length > columns) {
        lines.push(line);
        line = own + word;
      } else {
        line = line.trim() === '' ? own + word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines.map((line, index) => `${index === 0 ? first : indent}${line}`.trimEnd()).join('\n');
}

const LEVELS = '▁▂▃▄▅▆▇█';

/** A column for each value from 0 to 1. */
export function sparkline(values: readonly number[]): string {
  return values
    .map((value) => LEVELS[Math.min(LEVELS.length - 1, Math.max(0, Math.floor(value * LEVELS.length)))])
    .join('');
}

/** More cores than this are drawn as groups of neighbours, each with its mean load. */
const MOST_ROWS = 8;

/** A row for each core: its name, its load over time, and its mean. */
export function drawCores(samples: readonly CoreSample[], columns: number): string[] {
  const cores = samples[0]?.loads.length ?? 0;
  const group = Math.ceil(cores / MOST_ROWS);
  const shown = samples.slice(-Math.max(10, columns - 24)); // the latest, where there are more than fit
  const rows: string[] = [];
  for (let first = 0; first < cores; first += group) {
    const last = Math.min(first + group, cores) - 1;
    const loads = shown.map((sample) => mean(sample.loads.slice(first, last + 1)));
    const name = first === last ? `core ${first}` : `cores ${first}-${last}`;
    rows.push(`${name.padEnd(12)} ${sparkline(loads)} ${Math.round(mean(loads) * 100)} %`);
  }
  return rows;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
