// A witness beside a lock: how many are inside at once. It counts by itself, whatever the lock does.

/** The number of 32-bit words that a witness takes. */
export const OCCUPANCY_WORDS = 3;

/** Counts who is inside a section, over shared memory that is zero at first. */
export class Occupancy {
  readonly #memory: Int32Array;
  readonly #inside: number;
  readonly #most: number;
  readonly #overlaps: number;

  constructor(memory: Int32Array, at: number) {
    this.#memory = memory;
    this.#inside = at;
    this.#most = at + 1;
    this.#overlaps = at + 2;
  }

  /** Call it first inside the section. Returns how many are inside now, this one included. */
  enter(): number {
    const inside = Atomics.add(this.#memory, this.#inside, 1) + 1;
    if (inside > 1) Atomics.add(this.#memory, this.#overlaps, 1);
    for (let most; inside > (most = Atomics.load(this.#memory, this.#most));) {
      Atomics.compareExchange(this.#memory, this.#most, most, inside);
    }
    return inside;
  }

  /** Call it last inside the section. */
  leave(): void {
    Atomics.sub(this.#memory, this.#inside, 1);
  }

  get inside(): number {
    return Atomics.load(this.#memory, this.#inside);
  }

  /** The most that were inside at once. */
  get most(): number {
    return Atomics.load(this.#memory, this.#most);
  }

  /** How many entered while somebody else was inside. */
  get overlaps(): number {
    return Atomics.load(this.#memory, this.#overlaps);
  }
}
