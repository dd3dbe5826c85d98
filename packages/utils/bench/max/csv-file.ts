// The file that the benchmark searches, and one of a single row.

import { closeSync, mkdtempSync, openSync, realpathSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of two files of CSV with the columns id, value, note. */
export interface CsvFiles {
  readonly large: string;
  readonly small: string;
  /** Bytes of the large one. */
  readonly bytes: number;
  remove(): void;
}

/** The largest value, in both; all others are below 100. */
export const LARGEST = '100.25';
const HEADER = 'id,value,note\n';

/** Makes the files: values with two decimals in no order, by a linear congruential generator, the same in every run. */
export function makeCsv(rows: number): CsvFiles {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'max-bench-'));
  const [large, small] = [join(folder, 'large.csv'), join(folder, 'small.csv')];
  writeFileSync(small, `${HEADER}1,${LARGEST},x\n`);
  const file = openSync(large, 'w');
  let bytes = writeSync(file, HEADER);
  let state = 1;
  for (let row = 0; row < rows;) {
    let text = '';
    for (const end = Math.min(rows, row + 10_000); row < end; row++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      const value = row === Math.floor(rows * 0.7) ? LARGEST : ((state / 2 ** 31) * 99.99).toFixed(2);
      text += `${row},${value},note${state % 1_000}\n`;
    }
    bytes += writeSync(file, text);
  }
  closeSync(file);
  return { large, small, bytes, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
