// Kinds of value that a copy may or may not carry over, each as a field of what is copied.

/** Where the value sits. An array takes it as its first element instead, for `slice`. */
export type Key = string | symbol;

export interface Kind {
  readonly name: string;
  /** Puts the value into the object or array at `key`; returns the key where it ended up. */
  put(into: object, key: Key): Key;
}

const MARK = Symbol('mark');

class Point {
  readonly #x = 1;
  get x(): number {
    return this.#x;
  }
}

/** The kinds of the table, in its order. */
export const KINDS: readonly Kind[] = [
  value('nested object', () => ({ cores: 2 })),
  value('Date', () => new Date(0)),
  value('Map', () => new Map([['cores', 2]])),
  value('Set', () => new Set([1])),
  value('RegExp', () => /a/g),
  value('Error', () => new RangeError('out of range', { cause: 'test' })),
  value('class instance', () => new Point()),
  value('function', () => () => 1),
  { name: 'symbol key', put: (into) => (define(into, MARK, { value: 1, writable: true }), MARK) },
  { name: 'getter', put: (into, key) => (define(into, key, { get: () => 1 }), key) },
  { name: 'cycle', put: (into, key) => (define(into, key, { value: into, writable: true }), key) },
  value('undefined', () => undefined),
  value('NaN', () => Number.NaN),
  value('-0', () => -0),
  value('BigInt', () => 1n),
  value('typed array', () => new Uint8Array([1, 2])),
  value('SharedArrayBuffer', () => new SharedArrayBuffer(4)),
];

function value(name: string, make: () => unknown): Kind {
  return { name, put: (into, key) => (define(into, key, { value: make(), writable: true }), key) };
}

function define(into: object, key: Key, descriptor: PropertyDescriptor): void {
  Object.defineProperty(into, key, { ...descriptor, enumerable: true, configurable: true });
}
