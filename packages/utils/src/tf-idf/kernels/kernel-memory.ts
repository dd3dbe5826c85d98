// Memory for kernels: stretches of it by their place, given back and used again.

import { newMemory, PAGE } from './web-assembly.ts';
import type { Memory } from './web-assembly.ts';

/** Nothing lies at 0, so that a place is never taken for none. */
const FIRST = 1_024;
const LEAST = 64;

/** Memory that grew larger is not kept for the next call. */
const MOST_KEPT = 2 ** 27;

/** One at most that is not in use, and has its pages already: the system gives new ones at a tenth of the speed of memory. */
const idle: KernelMemory[] = [];

export class KernelMemory {
  readonly memory: Memory;
  #bytes: Uint8Array;
  #integers: Int32Array;
  #doubles: Float64Array;
  #top = FIRST;
  /** Stretches that were given back, by their size. */
  readonly #free = new Map<number, number[]>();

  private constructor(memory: Memory) {
    this.memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#integers = new Int32Array(memory.buffer);
    this.#doubles = new Float64Array(memory.buffer);
  }

  /** Memory that nobody else uses; `giveBack` ends its use. */
  static borrow(): KernelMemory {
    return idle.pop() ?? new KernelMemory(newMemory(1));
  }

  giveBack(): void {
    this.#top = FIRST;
    this.#free.clear();
    if (idle.length === 0 && this.#bytes.length <= MOST_KEPT) idle.push(this);
  }

  /** All of it; anew after it has grown. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get integers(): Int32Array {
    return this.#integers;
  }

  get doubles(): Float64Array {
    return this.#doubles;
  }

  /**
   * The place of so many bytes, whatever is in them, on a multiple of 64.
   *
   * @throws RangeError where more than 4 GiB are needed, or the system has no more
   */
  allocate(bytes: number): number {
    const size = sizeFor(bytes);
    return this.#free.get(size)?.pop() ?? this.#extend(size);
  }

  /** As `allocate`, all zeros. */
  allocateZeros(bytes: number): number {
    const place = this.allocate(bytes);
    this.#bytes.fill(0, place, place + bytes);
    return place;
  }

  /** Gives a stretch back. */
  release(place: number, bytes: number): void {
    const size = sizeFor(bytes);
    const places = this.#free.get(size) ?? [];
    places.push(place);
    this.#free.set(size, places);
  }

  #extend(size: number): number {
    const place = this.#top;
    const missing = place + size - this.#bytes.length;
    if (missing > 0) {
      this.memory.grow(Math.ceil(missing / PAGE));
      this.#bytes = new Uint8Array(this.memory.buffer);
      this.#integers = new Int32Array(this.memory.buffer);
      this.#doubles = new Float64Array(this.memory.buffer);
    }
    this.#top = place + size;
    return place;
  }
}

/** Powers of two, so that what was given back fits again. */
function sizeFor(bytes: number): number {
  return Math.max(LEAST, 2 ** Math.ceil(Math.log2(Math.max(1, bytes))));
}

/** A stretch that grows by moving: what is in it is copied. */
export class Stretch {
  readonly #memory: KernelMemory;
  place: number;
  #size: number;

  constructor(memory: KernelMemory, bytes: number) {
    this.#memory = memory;
    this.#size = sizeFor(bytes);
    this.place = memory.allocate(bytes);
  }

  /** Makes room for so many bytes, of which the first `used` are kept. Returns its place. */
  reserve(bytes: number, used: number): number {
    if (bytes <= this.#size) return this.place;
    const place = this.#memory.allocate(bytes);
    this.#memory.bytes.copyWithin(place, this.place, this.place + used);
    this.#memory.release(this.place, this.#size);
    this.#size = sizeFor(bytes);
    this.place = place;
    return place;
  }
}
