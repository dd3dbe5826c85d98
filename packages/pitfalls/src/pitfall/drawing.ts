// Names and the objects that they lead to, drawn as text. Several names that lead to one object are what a trap is made of.

import { inspect } from 'node:util';

/** A name, and the object that it leads to; objects are compared by `===`, so the same text may stand for two. */
export interface Arrow {
  readonly name: string;
  readonly to: unknown;
  /** How the object is written; as `console.log` writes it where left out. */
  readonly text?: string;
}

/**
 * Draws each object once, with every name that leads to it, in the order of the first name:
 *
 *     a ──┐
 *         ├──▶ [ 1, 2, 3 ]
 *     b ──┘
 *
 * Two equal primitives are two boxes: nothing can be changed through one that would show in the other.
 */
export function drawArrows(arrows: readonly Arrow[]): string {
  const width = Math.max(0, ...arrows.map(({ name }) => name.length));
  const boxes = new Map<unknown, Arrow[]>();
  for (const arrow of arrows) {
    const key = isObject(arrow.to) ? arrow.to : arrow;
    boxes.set(key, [...(boxes.get(key) ?? []), arrow]);
  }
  return [...boxes.values()].flatMap((names) => drawBox(names, width)).join('\n');
}

/** Draws the values of an object under their names: `drawNames({ a, b })`. */
export function drawNames(values: Readonly<Record<string, unknown>>): string {
  return drawArrows(Object.entries(values).map(([name, to]) => ({ name, to })));
}

function drawBox(names: readonly Arrow[], width: number): string[] {
  const [{ to, text }] = names as readonly [Arrow];
  const box = text ?? inspect(to, { breakLength: Infinity });
  if (names.length === 1) return [`${names[0]!.name.padEnd(width)} ─────▶ ${box}`];

  const middle = Math.floor(names.length / 2);
  const rows = names.map(({ name }, index) => {
    const corner = index === 0 ? '┐' : index === names.length - 1 ? '┘' : '┤';
    return `${name.padEnd(width)} ──${corner}`;
  });
  // An odd number of names has one in the middle to start the arrow from; an even number gets a row for it.
  if (names.length % 2 === 0) rows.splice(middle, 0, `${' '.repeat(width)}   ├──▶ ${box}`);
  else rows[middle] = `${names[middle]!.name.padEnd(width)} ──┼──▶ ${box}`;
  return rows;
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
