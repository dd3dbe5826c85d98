// Writes the rows of a lane by the kernel of `rows.as.ts`: some documents' counts at a time.

import type { TermCounts } from '../count/term-counts.ts';
import type { Placement } from '../model/placement.ts';
import type { RowWriter, Span } from '../model/row-writer.ts';
import { frequencyWeights } from '../model/weigh-rows.ts';
import type { Rows, Weighing } from '../model/weigh-rows.ts';
import { NONE } from '../terms/terms.ts';
import { KernelMemory } from './kernel-memory.ts';
import { instantiate } from './web-assembly.ts';
import type { Variable } from './web-assembly.ts';

/** What `rows.wasm` exports; see `rows.as.ts`. */
interface RowsKernel extends Record<
  'terms' | 'weights' | 'entries' | 'others' | 'counts' | 'bits' | 'norm' | 'descending',
  Variable
> {
  write(pairs: number, count: number, columns: number, values: number): number;
}

const TERM = 16;
const PAIR = 8;
const ENTRY = 16;
/** Pairs that are taken into the kernel's memory at once: what is written of them stays in the second cache. */
const AT_ONCE = 2 ** 14;
const NORMS = { l1: 1, l2: 2 } as const;

/** Makes rows of counts, sorting the terms of one document at a time. */
export class RowKernel implements RowWriter {
  readonly #counts: TermCounts;
  readonly #numbered: number;
  readonly #weighing: Weighing;

  /** @param numbered how many numbers there are in the counts */
  constructor(counts: TermCounts, numbered: number, weighing: Weighing) {
    this.#counts = counts;
    this.#numbered = numbered;
    this.#weighing = weighing;
  }

  prepare(): void {}

  lengths(numbers: Int32Array, columns: Int32Array): Uint32Array {
    const { ends, pairs } = this.#counts;
    const lengths = ends.map((end, document) => end - (document === 0 ? 0 : ends[document - 1]!));
    if (!columns.includes(NONE)) return lengths;
    const kept = new Uint8Array(this.#numbered);
    for (let term = 0; term < numbers.length; term++) kept[numbers[term]!] = columns[term] === NONE ? 0 : 1;
    for (let document = 0, pair = 0; document < ends.length; document++) {
      lengths[document] = 0;
      for (; pair < ends[document]!; pair++) lengths[document]! += kept[pairs[2 * pair]!]!;
    }
    return lengths;
  }

  write(numbers: Int32Array, placement: Placement, spans: readonly Span[], next: Uint32Array, rows: Rows): void {
    const memory = KernelMemory.borrow();
    const { ends, pairs } = this.#counts;
    const room = Math.max(AT_ONCE, longestOf(ends));
    const kernel = this.#open(memory, numbers, placement, room);
    const from = memory.allocate(PAIR * room);
    const columns = memory.allocate(4 * room);
    const values = memory.allocate(8 * room);
    for (const { from: first, to } of spans) {
      for (let document = first; document < to;) {
        const start = document === 0 ? 0 : ends[document - 1]!;
        const place = next[document]!;
        const behind = endOfPart(ends, document, to, start);
        memory.integers.set(pairs.subarray(2 * start, 2 * ends[behind - 1]!), from >> 2);
        let written = 0;
        for (let pair = start; document < behind; pair = ends[document++]!) {
          const at = from + PAIR * (pair - start);
          written += kernel.write(at, ends[document]! - pair, columns + 4 * written, values + 8 * written);
        }
        rows.indices.set(memory.integers.subarray(columns >> 2, (columns >> 2) + written), place);
        rows.data.set(memory.doubles.subarray(values >> 3, (values >> 3) + written), place);
      }
    }
    memory.giveBack();
  }

  /** The kernel with all that stays the same from document to document, the longest of which has `longest` pairs. */
  #open(memory: KernelMemory, numbers: Int32Array, placement: Placement, longest: number): RowsKernel {
    const kernel = instantiate('rows', memory.memory) as RowsKernel;
    const { norm } = this.#weighing;
    const weights = frequencyWeights(this.#counts.pairs, this.#counts.length, this.#weighing);
    kernel.entries.value = memory.allocate(ENTRY * longest);
    kernel.others.value = memory.allocate(ENTRY * longest);
    kernel.counts.value = memory.allocate(4 * 256);
    kernel.weights.value = memory.allocate(8 * weights.length);
    memory.doubles.set(weights, kernel.weights.value >> 3);
    kernel.terms.value = layOutTerms(memory, numbers, placement, this.#numbered);
    kernel.norm.value = norm === null ? 0 : NORMS[norm];
    kernel.descending.value = placement.idf === undefined ? 0 : 1;
    kernel.bits.value = bitsOf(placement);
    return kernel;
  }
}

/** The documents from `document` on whose pairs are taken at once: at least one. */
function endOfPart(ends: Uint32Array, document: number, to: number, start: number): number {
  let behind = document + 1;
  while (behind < to && ends[behind]! - start <= AT_ONCE) behind++;
  return behind;
}

function longestOf(ends: Uint32Array): number {
  let longest = 0;
  for (let n = 0; n < ends.length; n++) longest = Math.max(longest, ends[n]! - (n === 0 ? 0 : ends[n - 1]!));
  return longest;
}

/** Bits of the greatest rank or column, at least 1. */
function bitsOf({ columns, ranks }: Placement): number {
  let greatest = 1;
  for (let term = 0; term < columns.length; term++) {
    if (columns[term] !== NONE) greatest = Math.max(greatest, columns[term]!, ranks[term]!);
  }
  return 32 - Math.clz32(greatest);
}

/** The terms by their numbers; where a number is no term it has no column. */
function layOutTerms(
  memory: KernelMemory,
  numbers: Int32Array,
  { columns, ranks, idf }: Placement,
  numbered: number,
): number {
  const place = memory.allocate(TERM * numbered);
  const { integers, doubles } = memory;
  for (let number = 0; number < numbered; number++) integers[(place >> 2) + 4 * number + 3] = NONE;
  for (let term = 0; term < numbers.length; term++) {
    const number = numbers[term]!;
    doubles[(place >> 3) + 2 * number] = idf === undefined ? 1 : idf[term]!;
    integers[(place >> 2) + 4 * number + 2] = ranks[term]!;
    integers[(place >> 2) + 4 * number + 3] = columns[term]!;
  }
  return place;
}
