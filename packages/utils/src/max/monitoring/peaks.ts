// Peaks of monitoring data as it comes: what is the highest for a while before and after.

/** A value and when it was taken, in whatever unit `window` is given. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

/** Options of `rollingMax`. */
export interface RollingOptions {
  /** How far back the window reaches, in the unit of `at`; above 0. */
  readonly window: number;
  /** The treatment of a NaN: it is passed over, or (where this is left out) it is an error. */
  readonly nan?: 'ignore' | 'throw';
}

/** Options of `peaks`. */
export interface PeaksOptions extends RollingOptions {
  /** The least value that is a peak; -Infinity where it is left out. */
  readonly threshold?: number;
}

type Samples = AsyncIterable<Sample> | Iterable<Sample>;

/**
 * For each sample the highest one of the window that ends with it, both ends included; the first of equal ones.
 *
 * Constant time a sample, amortised: what is lower than a later one can never be the highest again and leaves the queue
 * for good, so that the queue falls and its head is the highest (D. Lemire, Streaming maximum-minimum filter using no
 * more than three comparisons per element, Nordic Journal of Computing 13, 2006). Memory: at most a window.
 *
 * @throws RangeError where the window is not above 0, times run backwards, or a value is NaN and `nan` is not 'ignore'
 */
export async function* rollingMax(samples: Samples, options: RollingOptions): AsyncGenerator<Sample> {
  const { window } = options;
  if (!(window > 0)) throw new RangeError(`Expected \`window\` to be above 0, got ${window}`);
  const queue = new Queue();
  for await (const sample of checked(samples, options)) {
    while (queue.length > 0 && queue.last.value < sample.value) queue.removeLast();
    queue.push(sample);
    while (sample.at - queue.first.at > window) queue.removeFirst();
    yield queue.first;
  }
}

/**
 * The peaks: samples of at least `threshold` with none higher within a window before and after; of equal ones the first.
 * A peak is yielded as soon as the window after it has passed.
 *
 * @throws RangeError as `rollingMax`
 */
export async function* peaks(samples: Samples, options: PeaksOptions): AsyncGenerator<Sample> {
  const { window, threshold = -Infinity } = options;
  if (Number.isNaN(threshold)) throw new RangeError('Expected `threshold` to be a number, got NaN');
  let candidate: Sample | undefined;
  let latest: Sample | undefined;
  const seen = async function* (): AsyncGenerator<Sample> {
    for await (const sample of samples) {
      latest = sample;
      yield sample;
    }
  };
  for await (const highest of rollingMax(seen(), options)) {
    if (candidate !== undefined && latest!.at - candidate.at > window) {
      yield candidate;
      candidate = undefined;
    }
    // The highest of its own window, and thereby higher than a candidate that waits within it.
    if (highest === latest && highest.value >= threshold) candidate = highest;
  }
  if (candidate !== undefined) yield candidate;
}

async function* checked(samples: Samples, { nan = 'throw' }: RollingOptions): AsyncGenerator<Sample> {
  let before = -Infinity;
  let index = 0;
  for await (const sample of samples) {
    const { at, value } = sample;
    if (!(at >= before)) throw new RangeError(`Expected \`at\` not to run backwards, got ${at} after ${before}`);
    if (Number.isNaN(value) && nan === 'throw') throw new RangeError(`Expected no NaN, got one in sample ${index}`);
    if (!Number.isNaN(value)) yield sample;
    before = at;
    index++;
  }
}

/** A queue of samples that is taken from at both ends. */
class Queue {
  #samples: Sample[] = [];
  #head = 0;

  get length(): number {
    return this.#samples.length - this.#head;
  }

  get first(): Sample {
    return this.#samples[this.#head]!;
  }

  get last(): Sample {
    return this.#samples.at(-1)!;
  }

  push(sample: Sample): void {
    this.#samples.push(sample);
  }

  removeLast(): void {
    this.#samples.pop();
  }

  /** Moves the rest to the front once half of the array is behind the head: each sample is moved once on average. */
  removeFirst(): void {
    this.#head += 1;
    if (this.#head < 64 || this.#head * 2 < this.#samples.length) return;
    this.#samples = this.#samples.slice(this.#head);
    this.#head = 0;
  }
}
