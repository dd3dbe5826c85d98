// Which requests are worked on, which wait, and which are refused.

import type { Behaviour } from './behaviour.ts';

/** Admits so many at once, in the order of their coming, and lets so many wait. */
export class Gate {
  readonly #width: number;
  readonly #queue: number;
  readonly #waiting = new Set<() => void>();
  #inside = 0;

  constructor({ width, queue }: Pick<Behaviour, 'width' | 'queue'>) {
    this.#width = width;
    this.#queue = queue;
  }

  get inside(): number {
    return this.#inside;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Calls `start` when there is room: at once, or later.
   *
   * @returns how to give the place back, or up; undefined where there is no room to wait either
   */
  enter(start: () => void): (() => void) | undefined {
    if (this.#inside >= this.#width && this.#waiting.size >= this.#queue) return undefined;
    let state: 'waiting' | 'inside' | 'gone' = 'waiting';
    const admit = (): void => {
      state = 'inside';
      this.#inside++;
      start();
    };
    if (this.#inside < this.#width) admit();
    else this.#waiting.add(admit);
    return () => {
      const was = state;
      state = 'gone';
      if (was === 'inside') this.#leave();
      else this.#waiting.delete(admit);
    };
  }

  #leave(): void {
    this.#inside--;
    const [next] = this.#waiting;
    if (!next) return;
    this.#waiting.delete(next);
    next();
  }
}
